import type { fieldNames } from "./query.ts";

/** A line for each field, and how a term of it begins. */
export const fieldHelp: Record<(typeof fieldNames)[number], { begin: string; help: string }> = {
  event: { begin: "event:", help: "the event, as its sender names it" },
  provider: { begin: "provider:", help: "who sent it" },
  method: { begin: "method:", help: "the method" },
  path: { begin: "path:", help: "what follows the bin, up to the ?" },
  body: { begin: "body.", help: "a value in a JSON body or a form" },
  header: { begin: "header.", help: "a header by its name" },
  query: { begin: "query.", help: "a parameter of the query" },
  status: { begin: "status:", help: "the status that was answered" },
  signature: { begin: "signature:", help: "verified, failed or unchecked" },
  forward: { begin: "forward:", help: "the state of one of its forwards" },
  type: { begin: "type:", help: "the content type" },
  size: { begin: "size>", help: "the size of the body" },
  at: { begin: "at>-", help: "when it came: at>-15m, at:2026-11-21" },
  ip: { begin: "ip:", help: "the sender's address" },
  delivery: { begin: "delivery:", help: "the delivery's id" },
  label: { begin: "label:", help: "a label that a person gave it" },
  note: { begin: "note:", help: "words of the note that a person wrote to it" },
  pinned: { begin: "pinned:", help: "yes or no" },
  id: { begin: "id:", help: "the request's number or id" },
};

/** Values that a field may have in any bin. */
export const usualValues: Partial<Record<string, readonly string[]>> = {
  method: ["GET", "POST", "PUT", "PATCH", "DELETE"],
  status: ["2*", "4*", "5*"],
  signature: ["verified", "failed", "unchecked"],
  forward: ["pending", "delivered", "failed", "dead"],
  size: ["0", "1kb", "10kb", "100kb", "1mb"],
  pinned: ["yes", "no"],
  at: ["-15m", "-1h", "-1d", "-1w"],
};
