import { Unusable } from "./unusable.ts";

/** Any base will do: nothing is fetched by it. */
export const BASE = "https://document.invalid/";
const DEPTH_MAX = 200;
const REFERENCES = ["$ref", "$dynamicRef", "$recursiveRef"];
/** Names of the dialects themselves: a document that takes one would change what others mean by it. */
const RESERVED = /^https?:\/\/(?:json-schema\.org|spec\.openapis\.org)(?:\/|$)/i;

type Found = { ids: Set<string>; references: { to: string; base: string; at: string }[] };

/**
 * Refuses what would have to be fetched, and what would change a dialect for others. Nothing is ever fetched: the check is
 * here so that the refusal can say which reference it is.
 * @throws Unusable, with the pointer to the place
 */
export function assertSelfContained(document: unknown): void {
  const found: Found = { ids: new Set([BASE]), references: [] };
  walk(document, BASE, "", 0, found);
  for (const { to, base, at } of found.references) {
    const [target = ""] = resolve(to, base).split("#");
    if (RESERVED.test(target) || found.ids.has(target)) continue;
    throw new UnusableAt(
      `It refers to ${to.slice(0, 200)}, which is not fetched: put what it means into the document.`,
      at,
    );
  }
}

/** With a JSON pointer to the place. */
export class UnusableAt extends Unusable {
  readonly at: string;
  constructor(message: string, at: string) {
    super(message);
    this.at = at;
  }
}

function walk(value: unknown, base: string, at: string, depth: number, found: Found): void {
  if (typeof value !== "object" || value === null) return;
  if (depth > DEPTH_MAX) throw new Unusable(`It is nested deeper than ${DEPTH_MAX} levels.`);
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries())
      walk(item, base, `${at}/${index}`, depth + 1, found);
    return;
  }
  const members = value as Record<string, unknown>;
  const own = idOf(members, base, at);
  if (own !== base) found.ids.add(own);
  for (const [key, member] of Object.entries(members)) {
    const place = `${at}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    if (REFERENCES.includes(key) && typeof member === "string")
      found.references.push({ to: member, base: own, at: place });
    if (key === "$vocabulary" && typeof member === "object")
      throw new UnusableAt(
        "It defines a dialect of its own ($vocabulary), which is not taken.",
        place,
      );
    walk(member, own, place, depth + 1, found);
  }
}

function idOf(members: Record<string, unknown>, base: string, at: string): string {
  const given = members["$id"];
  if (typeof given !== "string" || given.startsWith("#")) return base;
  const [id = ""] = resolve(given, base).split("#");
  if (RESERVED.test(id))
    throw new UnusableAt(`It calls itself ${id}, which is the name of a dialect.`, `${at}/$id`);
  return id;
}

function resolve(reference: string, base: string): string {
  try {
    return new URL(reference, base).href;
  } catch {
    return reference;
  }
}
