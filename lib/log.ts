import pino from "pino";
import type { Config } from "./config.ts";

/** JSON lines on standard output. Never a payload, a header value, a key or a cookie: ids, sizes, codes and times only. */
export function createLog(level: Config["logLevel"]) {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: describeError },
  });
}

export type Log = ReturnType<typeof createLog>;

/** Postgres quotes values in its messages: of an error with a SQLSTATE only the code and the place are logged. */
export function describeError(error: unknown) {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = "code" in error ? String(error.code) : undefined;
  const isSql = code !== undefined && /^[0-9A-Z]{5}$/.test(code);
  const frames = error.stack?.split("\n").filter((line) => /^\s+at /.test(line));
  return {
    name: error.name,
    code,
    message: isSql ? undefined : error.message,
    frames: frames?.map((line) => line.trim()),
  };
}
