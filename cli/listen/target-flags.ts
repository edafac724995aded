import { readFileSync } from "node:fs";
import { messageOf } from "#lib/message-of.ts";
import { type Flags, readDuration, type Values } from "../args.ts";
import { usageError } from "../exit.ts";
import { readConfigFile, readSecretsOf } from "./config-file.ts";
import {
  checkOrder,
  NO_TIMEOUT_MS,
  type Route,
  readTarget,
  splitFilter,
  TIMEOUT_MS,
} from "./route.ts";
import { RouteError } from "./route-error.ts";

/** How requests are sent from this machine; `listen` and `replay` have them in common. */
export const targetFlags = {
  to: {
    type: "string",
    multiple: true,
    value: "URL",
    says: "where requests go; FILTER=URL takes only what matches, the first one that does",
  },
  exec: {
    type: "string",
    value: "CMD",
    says: "run this command for each request: the body on stdin, the head in HOOKLENS_... variables",
  },
  config: {
    type: "string",
    value: "FILE",
    says: "targets from a file, read again when it is saved (hooklens.yml)",
  },
  "no-append": {
    type: "boolean",
    says: "send to the URL as it is, without the captured path and query",
  },
  "host-header": {
    type: "string",
    value: "NAME",
    says: "the Host to send, in the place of the target's",
  },
  insecure: { type: "boolean", short: "k", says: "take any certificate of the target" },
  resign: {
    type: "boolean",
    says: "sign again as the provider would now, with HOOKLENS_SECRET or the file's secrets",
  },
  timeout: {
    type: "string",
    value: "TIME",
    says: "for the target's whole answer: 30s; 10m for a breakpoint, 0 for ever",
  },
} as const satisfies Flags;

export type TargetValues = Values<typeof targetFlags>;

/** The routes that the flags describe; none when there are no such flags. @throws CliError usage */
export function readRoutes(values: TargetValues): Route[] {
  return asUsage(() => {
    if (values.exec !== undefined && values.to.length > 0) {
      throw new RouteError(
        "Either --to or --exec; both, each with a filter, fit into a hooklens.yml.",
      );
    }
    const timeoutMs = readTimeout(values.timeout);
    const routes = values.to.map((text) => readRoute(text, values, timeoutMs));
    if (values.exec !== undefined) {
      routes.push({ filter: null, way: { kind: "exec", command: values.exec }, timeoutMs });
    }
    checkOrder(routes);
    return routes;
  });
}

function readRoute(text: string, values: TargetValues, timeoutMs: number): Route {
  const { filter, target } = splitFilter(text);
  return {
    filter,
    way: {
      kind: "url",
      ...readTarget(target),
      append: !values["no-append"],
      hostHeader: values["host-header"] ?? null,
      insecure: values.insecure,
    },
    timeoutMs,
  };
}

function readTimeout(text: string | undefined): number {
  if (text === undefined) return TIMEOUT_MS;
  return Math.min(readDuration("--timeout", text) || NO_TIMEOUT_MS, NO_TIMEOUT_MS);
}

/** @throws CliError usage */
export const loadConfigFile = (file: string) => load(file, readConfigFile);

/** What the file says of secrets, whatever its targets are. @throws CliError usage */
export const loadSecrets = (file: string) => load(file, readSecretsOf);

function load<Result>(file: string, read: (text: string, fileName: string) => Result): Result {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw usageError(`${file} can't be read: ${messageOf(error)}`);
  }
  return asUsage(() => read(text, file));
}

function asUsage<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof RouteError) throw usageError(error.message);
    throw error;
  }
}
