import { parseTarget } from "#lib/forward/target.ts";
import { messageOf } from "#lib/message-of.ts";
import { rememberedByBin } from "./remembered.ts";

export type LocalUrl = { url: string } | { problem: string };

/** A URL as a person types one of their own machine: `3000` and `localhost:3000/a` will do. */
export function readLocalUrl(text: string): LocalUrl {
  const url = complete(text.trim());
  try {
    parseTarget(url);
    return { url };
  } catch (error) {
    return { problem: problemOf(error) };
  }
}

function complete(text: string): string {
  if (/^:?\d{1,5}(\/|\?|$)/.test(text)) return `http://localhost:${text.replace(/^:/, "")}`;
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text) || text === "" ? text : `http://${text}`;
}

/** At the field the detail is enough: the message names what the API calls it. */
function problemOf(error: unknown): string {
  const details = error instanceof Error && "errors" in error ? error.errors : null;
  const [first] = Array.isArray(details) ? (details as { detail?: unknown }[]) : [];
  return typeof first?.detail === "string" ? first.detail : messageOf(error);
}

const remembered = rememberedByBin("hooklens:local-urls");
const FIRST = "http://localhost:3000/webhooks";

/** Where this bin's requests went last, or those of the bin before. */
export const lastLocalUrl = (binId: string): string =>
  remembered.of(binId) ?? remembered.last() ?? FIRST;

export const rememberLocalUrl = remembered.set;
