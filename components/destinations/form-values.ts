import type { Destination, DestinationCreate } from "#lib/contract/destinations.ts";
import { DESTINATION_DEFAULTS } from "#lib/contract/destination-limits.ts";

/** A destination's settings as they are typed. */
export type FormValues = {
  url: string;
  q: string;
  append: boolean;
  resign: boolean;
  ordered: boolean;
  ratePerSecond: string;
  maxAttempts: string;
  maxAgeHours: string;
  success: string;
  firstDelaySeconds: string;
  maxDelaySeconds: string;
  failures: string;
  probeSeconds: string;
  /** `Name: value`, a line each. */
  add: string;
  /** Names, by commas. */
  remove: string;
};

const HOUR_SECONDS = 3_600;
const { retry, breaker } = DESTINATION_DEFAULTS;

export const newValues: FormValues = {
  url: "",
  q: "",
  append: true,
  resign: false,
  ordered: false,
  ratePerSecond: "",
  maxAttempts: String(retry.maxAttempts),
  maxAgeHours: String(retry.maxAgeSeconds / HOUR_SECONDS),
  success: retry.success.join(", "),
  firstDelaySeconds: String(retry.firstDelaySeconds),
  maxDelaySeconds: String(retry.maxDelaySeconds),
  failures: String(breaker.failures),
  probeSeconds: String(breaker.probeSeconds),
  add: "",
  remove: "",
};

export const valuesOf = (destination: Destination): FormValues => ({
  url: destination.url,
  q: destination.q,
  append: destination.append,
  resign: destination.resign,
  ordered: destination.ordered,
  ratePerSecond: destination.ratePerSecond === null ? "" : String(destination.ratePerSecond),
  maxAttempts: String(destination.retry.maxAttempts),
  maxAgeHours: String(destination.retry.maxAgeSeconds / HOUR_SECONDS),
  success: destination.retry.success.join(", "),
  firstDelaySeconds: String(destination.retry.firstDelaySeconds),
  maxDelaySeconds: String(destination.retry.maxDelaySeconds),
  failures: String(destination.breaker.failures),
  probeSeconds: String(destination.breaker.probeSeconds),
  add: destination.headers.add.map(([name]) => `${name}: ${KEPT}`).join("\n"),
  remove: destination.headers.remove.join(", "),
});

/** What the API is sent. What is no number goes as a text, so that the API's own words stand beside the field. */
export function settingsOf(values: FormValues): DestinationCreate {
  const number = (text: string) => (text.trim() === "" ? Number.NaN : Number(text));
  return {
    url: values.url.trim(),
    q: values.q.trim(),
    append: values.append,
    resign: values.resign,
    ordered: values.ordered,
    ratePerSecond: values.ratePerSecond.trim() === "" ? null : number(values.ratePerSecond),
    retry: {
      maxAttempts: number(values.maxAttempts),
      maxAgeSeconds: number(values.maxAgeHours) * HOUR_SECONDS,
      success: listOf(values.success).map(statusOf),
      firstDelaySeconds: number(values.firstDelaySeconds),
      maxDelaySeconds: number(values.maxDelaySeconds),
    },
    breaker: { failures: number(values.failures), probeSeconds: number(values.probeSeconds) },
    headers: { add: headersOf(values.add), remove: listOf(values.remove) },
  };
}

/** In the place of a value that is kept and not shown. No header can hold it. */
const KEPT = "••••••";

const listOf = (text: string) =>
  text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");

type Success = NonNullable<NonNullable<DestinationCreate["retry"]>["success"]>[number];

/** A class as it is, a status as a number; the API judges both. */
const statusOf = (text: string): Success =>
  /^\dxx$/i.test(text) ? (text.toLowerCase() as Success) : Number(text);

const headersOf = (text: string) =>
  text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line): [string, string | null] => {
      const at = line.indexOf(":");
      if (at < 0) return [line.trim(), ""];
      const value = line.slice(at + 1).trim();
      return [line.slice(0, at).trim(), value === KEPT ? null : value];
    });
