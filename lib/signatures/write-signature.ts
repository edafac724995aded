import type { Place } from "../providers/provider.ts";
import type { Scheme } from "../providers/scheme.ts";
import { type Draft, dropHeader, setValue, toRequest } from "./draft.ts";
import { Reader } from "./reader.ts";
import { receivedBy } from "./received.ts";
import { SignError } from "./sign-error.ts";
import { variablesOf } from "./template.ts";

/** The items that one signing has written so far, by their place. */
export type Written = Map<string, string[]>;

export function setMarker({ marker }: Scheme, draft: Draft): Draft {
  if (!marker) return draft;
  const isGiven = new Reader(toRequest(draft)).first(marker.at) !== undefined;
  return marker.isDefault && isGiven ? draft : required(setValue(draft, marker.at, marker.value));
}

/** Where the time stands beside the signature, it is written with it. */
export function setTime({ time }: Scheme, draft: Draft, text: string | undefined): Draft {
  const places = (time?.at ?? []).filter((at): at is Place => !at.startsWith("item:"));
  if (text === undefined || places.length === 0) return draft;
  const reader = new Reader(toRequest(draft));
  const own = places.filter((place) => reader.first(place) !== undefined);
  return (own.length > 0 ? own : places.slice(0, 1)).reduce(
    (timed, place) => required(setValue(timed, place, text)),
    draft,
  );
}

/** Ids stay as they are; a request that has none gets one. */
export function setIds({ message, time }: Scheme, draft: Draft): Draft {
  if ("canonical" in message) return draft;
  const reader = new Reader(toRequest(draft));
  const places = variablesOf(message[0] ?? "").filter((name): name is Place =>
    name.startsWith("header:"),
  );
  const absent = places.filter(
    (place) => reader.first(place) === undefined && !time?.at.includes(place),
  );
  return absent.reduce(
    (whole, place) => required(setValue(whole, place, crypto.randomUUID())),
    draft,
  );
}

/** What stands beside the signature in the same value. */
export function itemsBeside(
  { time: form, signature }: Scheme,
  draft: Draft,
  time: string | undefined,
): string[] {
  const clock = form?.at.find((at) => at.startsWith("item:"))?.slice(5);
  const { items } = receivedBy(signature, { kind: "equal" }, new Reader(toRequest(draft)));
  const kept = items.filter((item) => signature.beside?.some((begin) => item.startsWith(begin)));
  return clock !== undefined && time !== undefined ? [`${clock}${time}`, ...kept] : kept;
}

/** Schemes that share a header stand in it together; signatures elsewhere, which nobody could make again, go. */
export function setSignature(
  { signature }: Scheme,
  draft: Draft,
  items: string[],
  written: Written,
): Draft {
  const reader = new Reader(toRequest(draft));
  const place = signature.at.find((at) => reader.all(at).length > 0) ?? signature.at[0];
  if (place === undefined) throw new SignError("no_room");
  const all = [...new Set([...(written.get(place) ?? []), ...items])];
  written.set(place, all);
  const others = signature.at.filter((at) => at !== place && at.startsWith("header:"));
  const bare = others.reduce((left, at) => dropHeader(left, at.slice("header:".length)), draft);
  return required(setValue(bare, place, all.join(signature.separator ?? "")));
}

/** Each element's own, in its place. */
export function setElements({ signature }: Scheme, draft: Draft, signatures: string[]): Draft {
  const [place] = signature.at;
  return signatures.reduce(
    (signed, each, index) =>
      required(place ? setValue(signed, inElement(place, index), each) : null),
    draft,
  );
}

const inElement = (place: Place, index: number) => place.replace("[*]", `[${index}]`) as Place;

function required(draft: Draft | null): Draft {
  if (!draft) throw new SignError("no_room");
  return draft;
}
