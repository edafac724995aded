import { afterEach } from "vitest";
import { closeAllListeners } from "./listener.ts";
import { closeAllSockets } from "./live-socket.ts";
import { far, near } from "./shared-servers.ts";

/** For the top of a test file: the two processes that all share. Ends each test's sockets. */
export function useTwoServers() {
  afterEach(() => {
    closeAllListeners();
    closeAllSockets();
  });
  return { near, far };
}
