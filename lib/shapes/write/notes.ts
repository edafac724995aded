import type { Settled, SettledField, SettledKind } from "../settle.ts";

const times = (count: number, of: number) => `${count} of ${of}`;

/** What the samples say of a field, beyond what its type says. */
export function notesOf({ of, isOptional, value }: SettledField, isSample: boolean): string[] {
  const notes: string[] = [];
  if (isOptional) notes.push(`in ${times(value.count, of)}${isSample ? " samples" : ""}`);
  if (value.nulls > 0 && value.kinds.length > 0)
    notes.push(`null in ${times(value.nulls, value.count)}`);
  if (value.nulls > 0 && value.kinds.length === 0) notes.push("always null so far");
  return [...notes, ...value.kinds.flatMap(notesOfKind)];
}

function notesOfKind(kind: SettledKind): string[] {
  if (kind.kind === "string" && kind.format) return [kind.format];
  if (kind.kind === "number" && kind.unix) return [`Unix time in ${kind.unix}`];
  if (kind.kind === "number" && kind.isBig) return ["goes beyond 2^53: JavaScript rounds it"];
  if (kind.kind === "array" && !kind.items) return ["always empty so far"];
  if (kind.kind === "array") return itemNotes(kind.items);
  if (kind.kind === "unseen") return ["deeper than was looked at"];
  return [];
}

const itemNotes = (items: Settled | null) => (items?.kinds ?? []).flatMap(notesOfKind);
