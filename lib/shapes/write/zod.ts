import type { StringFormat } from "../formats.ts";
import type { Settled, SettledField, SettledKind } from "../settle.ts";
import { headWords, type Titled } from "./head.ts";
import { commentText, isInherited, memberName, quoted } from "./names.ts";
import { notesOf } from "./notes.ts";

const formats: Record<StringFormat, string> = {
  "date-time": "z.iso.datetime({ offset: true })",
  date: "z.iso.date()",
  uuid: "z.uuid()",
  email: "z.email()",
  uri: "z.url()",
  ipv4: "z.ipv4()",
  ipv6: "z.ipv6()",
};

/** A module with a zod 4 schema that every sample passes, and its type. */
export function writeZod(titled: Titled): string {
  const { name } = titled;
  const constant = `${name.charAt(0).toLowerCase()}${name.slice(1)}Schema`;
  return [
    'import { z } from "zod";\n',
    `/** ${commentText(headWords(titled))} */`,
    `export const ${constant} = ${schemaOf(titled.settled, 0, true)};\n`,
    `export type ${name} = z.infer<typeof ${constant}>;\n`,
  ].join("\n");
}

function schemaOf(settled: Settled, depth: number, isSample = false): string {
  if (settled.kinds.some(({ kind }) => kind === "unseen")) return "z.unknown()";
  const schemas = settled.kinds.map((kind) => schemaOfKind(kind, depth, isSample));
  const [only] = schemas;
  if (only === undefined) return settled.nulls > 0 ? "z.null()" : "z.unknown()";
  const schema = schemas.length === 1 ? only : `z.union([${schemas.join(", ")}])`;
  return settled.nulls > 0 ? `${schema}.nullable()` : schema;
}

function schemaOfKind(kind: SettledKind, depth: number, isSample: boolean): string {
  switch (kind.kind) {
    case "string":
      return stringOf(kind.values, kind.format);
    case "number":
      if (!Number.isFinite(kind.min) || !Number.isFinite(kind.max)) return "z.unknown()";
      return kind.isWhole && !kind.isBig ? "z.int()" : "z.number()";
    case "boolean":
      return "z.boolean()";
    case "array":
      return `z.array(${kind.items ? schemaOf(kind.items, depth) : "z.unknown()"})`;
    case "record":
      return `z.record(z.string(), ${schemaOf(kind.entries, depth)})`;
    case "object":
      return objectOf(kind.fields, depth, isSample);
    case "union": {
      const variants = kind.variants.map(({ fields }) => objectOf(fields, depth, isSample));
      return `z.discriminatedUnion(${quoted(kind.key)}, [${variants.join(", ")}])`;
    }
    case "unseen":
      return "z.unknown()";
  }
}

function stringOf(values: string[] | null, format: StringFormat | null): string {
  const [first] = values ?? [];
  if (values && first !== undefined) {
    return values.length === 1
      ? `z.literal(${quoted(first)})`
      : `z.enum([${values.map(quoted).join(", ")}])`;
  }
  return format ? formats[format] : "z.string()";
}

function objectOf(fields: readonly SettledField[], depth: number, isSample: boolean): string {
  if (fields.length === 0) return "z.record(z.string(), z.unknown())";
  const pad = "  ".repeat(depth + 1);
  const lines = fields.map((field) => {
    // No object literal, and no zod object, holds a member called `__proto__`.
    if (field.key === "__proto__" || (field.isOptional && isInherited(field.key)))
      return `${pad}// ${field.key} is left out: every object has one`;
    const notes = notesOf(field, isSample);
    const comment = notes.length > 0 ? `${pad}/** ${notes.join("; ")} */\n` : "";
    const schema = schemaOf(field.value, depth + 1);
    return `${comment}${pad}${memberName(field.key)}: ${schema}${field.isOptional ? ".optional()" : ""},`;
  });
  return `z.object({\n${lines.join("\n")}\n${"  ".repeat(depth)}})`;
}
