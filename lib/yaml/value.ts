import { YamlMistake, type YamlNode } from "./tree.ts";

type YamlValue = string | number | boolean | null | YamlValue[] | { [name: string]: YamlValue };

export type Placed = {
  value: YamlValue;
  /** The offset at which the part at this path begins; where there is none, that of what is around it. */
  at: (path: readonly PropertyKey[]) => number;
};

/** YAML 1.2, core schema, without its odd forms of numbers. */
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;
const words: Record<string, boolean | null> = {
  true: true,
  false: false,
  null: null,
  "~": null,
  "": null,
};

/** What a YAML tree says, with the places of its parts. @throws YamlMistake on a doubled name */
export function placedValue(tree: YamlNode): Placed {
  return { value: valueOf(tree), at: (path) => placeIn(tree, path) };
}

function valueOf(node: YamlNode): YamlValue {
  if (node.kind === "scalar") return node.quoted ? node.text : plainValue(node.text);
  if (node.kind === "list") return node.items.map(valueOf);
  const entries = node.pairs.map(([key, value]): [string, YamlValue] => [
    nameOf(key),
    valueOf(value),
  ]);
  const names = new Set<string>();
  for (const [place, [name]] of entries.entries()) {
    if (names.has(name))
      throw new YamlMistake(node.pairs[place]?.[0].at ?? node.at, `"${name}" is here twice.`);
    names.add(name);
  }
  return Object.fromEntries(entries);
}

/** A number that a double would round stays a text. */
function plainValue(text: string): YamlValue {
  const word = words[text];
  if (word !== undefined) return word;
  return NUMBER.test(text) && String(Number(text)) === text ? Number(text) : text;
}

function nameOf(key: YamlNode): string {
  if (key.kind === "scalar") return key.text;
  throw new YamlMistake(key.at, "A name is a text.");
}

function placeIn(tree: YamlNode, path: readonly PropertyKey[]): number {
  let node = tree;
  for (const part of path) {
    const inner =
      node.kind === "list"
        ? node.items[Number(part)]
        : node.kind === "map"
          ? node.pairs.find(([key]) => key.kind === "scalar" && key.text === part)?.[1]
          : undefined;
    if (!inner) break;
    node = inner;
  }
  return node.at;
}
