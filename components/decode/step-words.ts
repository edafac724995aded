import { formatAgo, formatBytes, formatExact } from "#components/ui/format.ts";
import type { Step } from "#lib/decode/decode.ts";
import type { JwtTime } from "#lib/decode/jwt.ts";
import type { TimeUnit } from "#lib/decode/unix-time.ts";

const units: Record<TimeUnit, string> = {
  s: "seconds",
  ms: "milliseconds",
  µs: "microseconds",
  ns: "nanoseconds",
};

const shortNames: Record<Step["kind"], string> = {
  url: "URL-encoded",
  base64: "base64",
  data: "data URL",
  quoted: "string",
  json: "JSON",
  jwt: "JWT",
  time: "time",
};

/** All steps in a few words, outermost first: `URL-encoded › base64 › JSON`. */
export function stepsName(steps: readonly Step[]): string {
  return steps.map(({ kind }) => shortNames[kind]).join(" › ");
}

/** What one step was. */
export function stepName(step: Step): string {
  switch (step.kind) {
    case "url":
      return "URL encoding undone";
    case "base64":
      return `${step.alphabet}, ${formatBytes(step.bytes.length)}`;
    case "data":
      return `data URL, ${step.mediaType}, ${formatBytes(step.bytes.length)}`;
    case "quoted":
      return "JSON string, quotes and escapes undone";
    case "json":
      return "JSON";
    case "jwt":
      return step.claims === null ? "Encrypted token" : `JWT, ${step.algorithm}`;
    case "time":
      return `Unix time in ${units[step.unit]}`;
  }
}

/** What a token's time means now and, where it changes the answer, what it meant on arrival. */
export function jwtTimeWords(
  { claim, atMs }: JwtTime,
  now: number,
  arrivedAtMs: number | null,
): string {
  const when = `${formatAgo(atMs, now)}, ${formatExact(new Date(atMs).toISOString())}`;
  if (claim === "iat") return `Issued ${when}`;
  if (claim === "nbf") return `${atMs > now ? "Not valid before" : "Valid since"} ${when}`;
  if (atMs > now) return `Expires ${when}`;
  return `Expired ${when}${onArrival(atMs, arrivedAtMs)}`;
}

function onArrival(expiredMs: number, arrivedAtMs: number | null): string {
  if (arrivedAtMs === null) return "";
  return expiredMs > arrivedAtMs
    ? "; still valid when it arrived"
    : "; had expired when it arrived";
}
