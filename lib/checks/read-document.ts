import { load, YAMLException } from "js-yaml";
import { Unusable } from "./unusable.ts";

/** What a document says, and whether it is JSON, whose places can be told by line. */
export type ReadDocument = { value: Record<string, unknown>; isJson: boolean; text: string };

/** Aliases are how a small file unfolds to a huge one. */
const YAML_ALIASES_MAX = 200;

/** JSON, else YAML. @throws Unusable */
export function readDocument(text: string): ReadDocument {
  const isJson = /^\s*[{[]/.test(text);
  const value = isJson ? parseJson(text) : parseYaml(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Unusable("It is no object: a JSON Schema or an OpenAPI document is one.");
  }
  return { value: value as Record<string, unknown>, isJson, text };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : "It is no JSON";
    const offset = /position (\d+)/.exec(message)?.[1];
    const line = offset === undefined ? null : lineOf(text, Number(offset));
    throw new Unusable(`${message.replace(/ in JSON at.*$/s, "")}.`, line);
  }
}

function parseYaml(text: string): unknown {
  try {
    return load(text, { maxAliases: YAML_ALIASES_MAX });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    throw new Unusable(`${error.reason}.`, error.mark ? error.mark.line + 1 : null);
  }
}

const lineOf = (text: string, offset: number) => text.slice(0, offset).split("\n").length;
