import { type Mask, type MaskEntry, usualMask } from "#lib/compare/place.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";

/** Masks that this browser keeps; the one that was not used for longest goes first. */
const MASKS_MAX = 200;
const STORAGE_KEY = "hooklens:masks";

/** Requests of one kind have a mask in common: of one event, else of one method and path. */
export function kindOf({ provider, method, target }: RequestSummary): string {
  if (provider?.event) return `${provider.id} ${provider.event}`;
  return `${method} ${target.split("?", 1)[0]}`;
}

export function readMask(binId: string, kind: string): Mask {
  return stored().find(([key]) => key === keyOf(binId, kind))?.[1] ?? usualMask;
}

export function keepMask(binId: string, kind: string, mask: Mask): void {
  const key = keyOf(binId, kind);
  const others = stored().filter(([other]) => other !== key);
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify([[key, mask], ...others].slice(0, MASKS_MAX)));
  } catch {
    // Storage may be off or full: the mask then lasts until the page is left.
  }
}

const keyOf = (binId: string, kind: string) => `${binId} ${kind}`;

type Stored = [key: string, mask: Mask][];

function stored(): Stored {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "[]");
    return Array.isArray(value) ? value.filter(isStored) : [];
  } catch {
    return [];
  }
}

function isStored(value: unknown): value is Stored[number] {
  if (!Array.isArray(value) || typeof value[0] !== "string") return false;
  const mask: unknown = value[1];
  return (
    typeof mask === "object" &&
    mask !== null &&
    "usual" in mask &&
    typeof mask.usual === "boolean" &&
    "entries" in mask &&
    Array.isArray(mask.entries) &&
    mask.entries.every(isEntry)
  );
}

const isEntry = (value: unknown): value is MaskEntry =>
  typeof value === "object" &&
  value !== null &&
  "place" in value &&
  typeof value.place === "string" &&
  "isOn" in value &&
  typeof value.isOn === "boolean";
