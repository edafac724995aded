import pino from "pino";
import type { Config } from "./config.ts";

/** JSON lines on standard output. Never a payload, a header value, a key or a cookie: ids, sizes, codes and times only. */
export function createLog(level: Config["logLevel"]) {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
}

export type Log = ReturnType<typeof createLog>;
