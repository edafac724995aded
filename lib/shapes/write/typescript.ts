import type { Settled, SettledField, SettledKind, SettledVariant } from "../settle.ts";
import { headWords, type Titled } from "./head.ts";
import { commentText, isInherited, memberName, quoted } from "./names.ts";
import { notesOf } from "./notes.ts";

/** A TypeScript module with one exported type that every sample is assignable to. */
export function writeTypeScript(titled: Titled): string {
  const body = typeOf(titled.settled, 0, true);
  return `/** ${commentText(headWords(titled))} */\nexport type ${titled.name} = ${body};\n`;
}

function typeOf(settled: Settled, depth: number, isSample = false): string {
  if (settled.kinds.some(({ kind }) => kind === "unseen")) return "unknown";
  const types = settled.kinds.flatMap((kind) => typesOfKind(kind, depth, isSample));
  if (settled.nulls > 0) types.push("null");
  return types.length === 0 ? "unknown" : [...new Set(types)].join(" | ");
}

function typesOfKind(kind: SettledKind, depth: number, isSample: boolean): string[] {
  switch (kind.kind) {
    case "string":
      return kind.values ? kind.values.map(quoted) : ["string"];
    case "number":
      return ["number"];
    case "boolean":
      return ["boolean"];
    case "array":
      return [arrayOf(kind.items && typeOf(kind.items, depth))];
    case "record":
      return [`Record<string, ${typeOf(kind.entries, depth)}>`];
    case "union":
      return kind.variants.map((variant) => variantOf(variant, depth, isSample));
    case "object":
      return [objectOf(kind.fields, depth, isSample)];
    case "unseen":
      return ["unknown"];
  }
}

function arrayOf(item: string | null): string {
  if (item === null) return "unknown[]";
  return /^(?:\w+|\{[^]*\})$/.test(item) && !item.includes("} | {")
    ? `${item}[]`
    : `Array<${item}>`;
}

const variantOf = ({ fields }: SettledVariant, depth: number, isSample: boolean) =>
  objectOf(fields, depth, isSample);

function objectOf(fields: readonly SettledField[], depth: number, isSample: boolean): string {
  if (fields.length === 0) return "Record<string, unknown>";
  const pad = "  ".repeat(depth + 1);
  const lines = fields.map((field) => {
    if (field.isOptional && isInherited(field.key))
      return `${pad}// ${field.key} is left out: every object has one`;
    const notes = notesOf(field, isSample);
    const comment = notes.length > 0 ? `${pad}/** ${notes.join("; ")} */\n` : "";
    const mark = field.isOptional ? "?" : "";
    return `${comment}${pad}${memberName(field.key)}${mark}: ${typeOf(field.value, depth + 1)};`;
  });
  return `{\n${lines.join("\n")}\n${"  ".repeat(depth)}}`;
}
