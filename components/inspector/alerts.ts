import { plainName } from "#components/ui/plain-name.ts";
import { createWatchers } from "#components/ui/watchers.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";

/** What tells of arrivals while the page is not looked at; a person's choice for this browser. */
export type Alerts = { notify: boolean; sound: boolean };

const STORAGE_KEY = "hooklens:alerts";
const off: Alerts = { notify: false, sound: false };
const watchers = createWatchers();
let alerts: Alerts | null = null;

export function readAlerts(): Alerts {
  alerts ??= stored();
  return alerts;
}

export function keepAlerts(change: Partial<Alerts>): void {
  alerts = { ...readAlerts(), ...change };
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(alerts));
  } catch {
    // Storage may be switched off: the choice then lasts until the page is left.
  }
  watchers.tell();
}

export const subscribeAlerts = watchers.watch;

function stored(): Alerts {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "{}");
    if (typeof value !== "object" || value === null) return off;
    return {
      notify: "notify" in value && value.notify === true,
      sound: "sound" in value && value.sound === true,
    };
  } catch {
    return off;
  }
}

/**
 * The text of a notification: method and path of one, the number of several. Never the query or more of a payload: it
 * may hold secrets, and lock screens show it.
 */
export function alertText(
  newest: Pick<RequestSummary, "method" | "target">,
  count: number,
): string {
  if (count > 1) return `${count} new requests`;
  const [path = ""] = newest.target.split("?");
  return `${newest.method} ${path || "/"}`.slice(0, 120);
}

/** `(3) orders-dev · Hooklens`. */
export function pageTitle(name: string | null, unseen: number): string {
  const count = unseen > 999 ? "999+" : unseen;
  return `${unseen > 0 ? `(${count}) ` : ""}${plainName(name ?? "Unnamed bin")} · Hooklens`;
}
