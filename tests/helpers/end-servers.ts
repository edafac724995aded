import { afterAll } from "vitest";
import { stopAllServers } from "./server.ts";

/** Runs in every server test file: a failed test must not leave a server behind. */
afterAll(stopAllServers);
