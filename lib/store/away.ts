import { HooklensError } from "../errors.ts";

const RETRY_AFTER_SECONDS = 2;

/** SQLSTATE (Postgres, appendix A): connection exceptions, shutdown or start of the server, too many connections. */
const AWAY_STATE = /^(?:08...|57P0[1-4]|53300)$/;
/** Prisma: not reachable, timed out, closed, no connection or transaction in time. */
const AWAY_PRISMA = new Set(["P1001", "P1002", "P1008", "P1017", "P2024", "P2028"]);
const AWAY_SYSTEM = /^(?:ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_)/;
const AWAY_KIND = new Set(["DatabaseNotReachable", "ConnectionClosed", "SocketTimeout"]);
/** pg gives these no code. */
const AWAY_MESSAGE =
  /^(?:Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Query read timeout|Cannot use a pool after)/;

/** Did this fail because the database could not be reached, whatever was asked of it? */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, meta } = error as { code?: unknown; meta?: { driverAdapterError?: unknown } };
  if (typeof code === "string") {
    if (AWAY_STATE.test(code) || AWAY_PRISMA.has(code) || AWAY_SYSTEM.test(code)) return true;
  }
  return isAwayCause(meta?.driverAdapterError) || AWAY_MESSAGE.test(error.message);
}

/** Prisma wraps what the driver said. */
function isAwayCause(adapterError: unknown): boolean {
  const { cause } = (adapterError ?? {}) as { cause?: { kind?: string; originalCode?: string } };
  return AWAY_KIND.has(cause?.kind ?? "") || AWAY_STATE.test(cause?.originalCode ?? "");
}

type Family = Record<string, (...args: never[]) => unknown>;

/** The same functions; where the database is away they reject with `unavailable`, and other errors pass as they are. */
export function tellWhenAway<Functions extends Family>(family: Functions): Functions {
  const told = Object.entries(family).map(([name, call]) => [name, tell(call)]);
  return Object.fromEntries(told) as Functions;
}

function tell(call: (...args: never[]) => unknown) {
  return (...args: never[]) => {
    const result = call(...args);
    return result instanceof Promise ? result.catch(rethrow) : result;
  };
}

function rethrow(error: unknown): never {
  if (!isAway(error)) throw error;
  throw new HooklensError("unavailable", "It is restarting or can't be reached; try again soon.", {
    retryAfterSeconds: RETRY_AFTER_SECONDS,
    cause: error,
  });
}
