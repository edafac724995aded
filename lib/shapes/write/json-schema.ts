import type { Settled, SettledField, SettledKind } from "../settle.ts";
import { headWords, type Titled } from "./head.ts";
import { notesOf } from "./notes.ts";

type Schema = { [keyword: string]: unknown };

/** A JSON Schema (2020-12) that every sample is valid by. */
export function writeJsonSchema(titled: Titled): string {
  const schema = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: titled.name,
    description: headWords(titled),
    ...schemaOf(titled.settled, true),
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

function schemaOf(settled: Settled, isSample = false): Schema {
  if (settled.kinds.some(({ kind }) => kind === "unseen")) return {};
  const schemas = settled.kinds.map((kind) => schemaOfKind(kind, isSample));
  if (settled.nulls > 0) schemas.push({ type: "null" });
  const [only, second] = schemas;
  if (!only) return {};
  if (!second) return only;
  if (schemas.length === 2 && settled.nulls > 0) return nullable(only);
  return { anyOf: schemas };
}

/** In its shortest form, where there is one. */
function nullable(schema: Schema): Schema {
  const { type, enum: values, const: value } = schema;
  if (typeof type !== "string" || value !== undefined) return { anyOf: [schema, { type: "null" }] };
  return {
    ...schema,
    type: [type, "null"],
    ...(Array.isArray(values) ? { enum: [...(values as unknown[]), null] } : {}),
  };
}

function schemaOfKind(kind: SettledKind, isSample: boolean): Schema {
  switch (kind.kind) {
    case "string":
      if (kind.values?.length === 1) return { const: kind.values[0] };
      if (kind.values) return { type: "string", enum: kind.values };
      return { type: "string", ...(kind.format ? { format: kind.format } : {}) };
    case "number":
      return { type: kind.isWhole ? "integer" : "number" };
    case "boolean":
      return { type: "boolean" };
    case "array":
      return { type: "array", ...(kind.items ? { items: schemaOf(kind.items) } : {}) };
    case "record":
      return { type: "object", additionalProperties: schemaOf(kind.entries) };
    case "object":
      return objectOf(kind.fields, isSample);
    case "union":
      return { anyOf: kind.variants.map(({ fields }) => objectOf(fields, isSample)) };
    case "unseen":
      return {};
  }
}

function objectOf(fields: readonly SettledField[], isSample: boolean): Schema {
  const properties = fields.map((field): [string, Schema] => {
    const notes = notesOf(field, isSample);
    const comment = notes.length > 0 ? { $comment: notes.join("; ") } : {};
    return [field.key, { ...schemaOf(field.value), ...comment }];
  });
  const required = fields.filter(({ isOptional }) => !isOptional).map(({ key }) => key);
  return {
    type: "object",
    // Not by assignment: a member may be called `__proto__`.
    ...(properties.length > 0 ? { properties: Object.fromEntries(properties) } : {}),
    ...(required.length > 0 ? { required } : {}),
  };
}
