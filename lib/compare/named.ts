import { atOnce } from "../body/slices.ts";
import type { HeaderPair } from "#lib/contract/headers.ts";
import type { Entry, Kind } from "./comparison.ts";
import { layOut, type Step } from "./order.ts";

/** `key`: by which they are the same thing, such as a header's name in lower case. */
export type Named = { key: string; name: string; value: string };

/** Pairs beside each other, by name; the same name's by their values first, then in their order. */
export function compareNamed(
  before: readonly Named[],
  after: readonly Named[],
  placeOf: (key: string) => string,
): Entry[] {
  return [...stepsByName(before, after)].map((step) => entryOf(before, after, step, placeOf));
}

/** Which stands beside which. */
export const stepsByName = (before: readonly Named[], after: readonly Named[]) =>
  atOnce(layOut(matchNamed(before, after), after.length));

/** The headers of two messages. */
export const compareHeaders = (
  before: readonly HeaderPair[],
  after: readonly HeaderPair[],
  prefix = "header",
): Entry[] => compareNamed(before.map(named), after.map(named), (key) => `${prefix} ${key}`);

const named = ([name, value]: HeaderPair): Named => ({ key: name.toLowerCase(), name, value });

function matchNamed(before: readonly Named[], after: readonly Named[]): Int32Array {
  const matches = new Int32Array(before.length).fill(-1);
  const taken = new Uint8Array(after.length);
  const match = (idOf: (item: Named) => string) => {
    const free = new Map<string, number[]>();
    for (let at = after.length - 1; at >= 0; at -= 1) {
      const item = after[at];
      if (!item || taken[at]) continue;
      const places = free.get(idOf(item));
      if (places) places.push(at);
      else free.set(idOf(item), [at]);
    }
    before.forEach((item, index) => {
      if ((matches[index] ?? -1) >= 0) return;
      const place = free.get(idOf(item))?.pop() ?? -1;
      matches[index] = place;
      if (place >= 0) taken[place] = 1;
    });
  };
  match(({ key, value }) => `${key}\0${value}`);
  match(({ key }) => key);
  return matches;
}

function entryOf(
  before: readonly Named[],
  after: readonly Named[],
  step: Step,
  placeOf: (key: string) => string,
): Entry {
  const [old, now] = [before[step.before], after[step.after]];
  const item = old ?? now;
  return {
    place: placeOf(item?.key ?? ""),
    label: now && old && old.name !== now.name ? `${old.name} → ${now.name}` : (item?.name ?? ""),
    before: old?.value ?? null,
    after: now?.value ?? null,
    kinds: kindsOf(old, now, step.isMoved),
    ...(step.isMoved && { moved: { from: step.before + 1, to: step.after + 1 } }),
  };
}

function kindsOf(old: Named | undefined, now: Named | undefined, isMoved: boolean): Kind[] {
  if (!old) return ["added"];
  if (!now) return ["removed"];
  const kinds: (Kind | false)[] = [
    old.value !== now.value && "changed",
    old.name !== now.name && "case",
    isMoved && "moved",
  ];
  return kinds.filter((kind) => kind !== false);
}
