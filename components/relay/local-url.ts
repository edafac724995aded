import { parseTarget } from "#lib/forward/target.ts";
import { messageOf } from "#components/request/use-load.ts";

const KEY = "hooklens:local-urls";
const KEPT = 50;
const FIRST = "http://localhost:3000/webhooks";

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

/** Where this browser's person had this bin's requests go, or those of the bin before. */
export function lastLocalUrl(binId: string): string {
  const urls = readAll();
  return (urls.find(([id]) => id === binId) ?? urls[0])?.[1] ?? FIRST;
}

export function rememberLocalUrl(binId: string, url: string): void {
  const others = readAll().filter(([id]) => id !== binId);
  try {
    localStorage.setItem(KEY, JSON.stringify([[binId, url], ...others].slice(0, KEPT)));
  } catch {
    // Without storage the field holds its first suggestion next time.
  }
}

function readAll(): [string, string][] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(stored) ? stored.filter(isPair) : [];
  } catch {
    // Storage may be switched off, or hold what an older page wrote.
    return [];
  }
}

const isPair = (value: unknown): value is [string, string] =>
  Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === "string");
