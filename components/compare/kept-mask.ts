import { keptByKey } from "#components/ui/kept-by-key.ts";
import { type Mask, type MaskEntry, usualMask } from "#lib/compare/place.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";

/** Masks that this browser keeps. */
const MASKS_MAX = 200;

/** Requests of one kind have a mask in common: of one event, else of one method and path. */
export function kindOf({ provider, method, target }: RequestSummary): string {
  if (provider?.event) return `${provider.id} ${provider.event}`;
  return `${method} ${target.split("?", 1)[0]}`;
}

export const readMask = (binId: string, kind: string): Mask =>
  masks.of(keyOf(binId, kind)) ?? usualMask;

export const keepMask = (binId: string, kind: string, mask: Mask): void =>
  masks.set(keyOf(binId, kind), mask);

const keyOf = (binId: string, kind: string) => `${binId} ${kind}`;

const isMask = (mask: unknown): mask is Mask =>
  typeof mask === "object" &&
  mask !== null &&
  "usual" in mask &&
  typeof mask.usual === "boolean" &&
  "entries" in mask &&
  Array.isArray(mask.entries) &&
  mask.entries.every(isEntry);

const isEntry = (value: unknown): value is MaskEntry =>
  typeof value === "object" &&
  value !== null &&
  "place" in value &&
  typeof value.place === "string" &&
  "isOn" in value &&
  typeof value.isOn === "boolean";

const masks = keptByKey("hooklens:masks", MASKS_MAX, isMask);
