import type { HeaderPair } from "../contract/headers.ts";
import type { Fresh } from "./fresh.ts";

/** An event as its provider sends it, but for the signature. */
export type SampleRequest = {
  headers: HeaderPair[];
  body: string;
};

/** One event of a provider that can be sent at will, written by us after the shapes that it documents. */
export type Sample = {
  /** The provider's id. */
  provider: string;
  /** The event's name, as recognition reads it. */
  event: string;
  /** What happened, for a person. */
  about: string;
  make: (fresh: Fresh) => SampleRequest;
};

const JSON_TYPE: HeaderPair = ["Content-Type", "application/json"];

/** JSON without white space, as most senders write it. */
export const asJson = (headers: HeaderPair[], body: unknown): SampleRequest => ({
  headers: headers.some(([name]) => name.toLowerCase() === "content-type")
    ? headers
    : [...headers, JSON_TYPE],
  body: JSON.stringify(body),
});

export const asForm = (headers: HeaderPair[], fields: Record<string, string>): SampleRequest => ({
  headers: [...headers, ["Content-Type", "application/x-www-form-urlencoded"]],
  body: new URLSearchParams(fields).toString(),
});
