// A thread of its own: what a person's document makes of a request may take for ever (patterns), or never end
// (references); then the thread is ended from outside.
import "@hyperjump/json-schema/formats";
import "@hyperjump/json-schema/draft-07";
import "@hyperjump/json-schema/draft-2019-09";
import "@hyperjump/json-schema/draft-2020-12";
import "@hyperjump/json-schema/openapi-3-0";
import {
  InvalidSchemaError,
  registerSchema,
  type SchemaObject,
  setMetaSchemaOutputFormat,
  setShouldValidateFormat,
  type Validator,
  validate,
} from "@hyperjump/json-schema/openapi-3-1";
import { BASIC } from "@hyperjump/json-schema/experimental";
import { lineAt, offsetAt } from "../shapes/locate.ts";
import { serve } from "../side-thread/serve.ts";
import { type Dialect, dialectOf } from "./dialect.ts";
import { type Operation, operationFor, operationsOf } from "./entries.ts";
import type { Asked, CheckedRequest, Opened, Outcome } from "./messages.ts";
import { type ReadDocument, readDocument } from "./read-document.ts";
import { Unusable } from "./unusable.ts";
import { assertSelfContained, BASE, UnusableAt } from "./walk-schema.ts";
import { pointerOf, type RawError, toldErrors } from "./words.ts";

setMetaSchemaOutputFormat(BASIC);
setShouldValidateFormat(false);
// Nothing is fetched, whatever a reference may have slipped through as.
globalThis.fetch = () => Promise.reject(new Error("References are not fetched."));

type Document = ReadDocument & {
  dialect: Dialect;
  uri: string;
  operations: Operation[];
  validators: Map<string, Validator>;
};

const documents = new Map<string, Document>();
let opened = 0;

serve(answer);

async function answer(asked: Asked): Promise<Outcome> {
  try {
    return asked.kind === "open" ? await tryOpen(asked.text, asked.entry) : await check(asked);
  } catch (error) {
    const detail =
      error instanceof Unusable ? error.message : "The document can't be used on this.";
    return { kind: "unchecked", detail };
  }
}

/** Read, registered, and its schemas made ready: all that can go wrong without a request goes wrong here. */
async function tryOpen(text: string, entry: string | null): Promise<Opened> {
  let document: Document | null = null;
  try {
    document = open(text);
    const pointers = entry === null ? document.operations.map(({ pointer }) => pointer) : [entry];
    if (document.dialect.isOpenApi && pointers.length === 0) {
      throw new Unusable("No operation of it takes JSON: choose the schema within it.");
    }
    for (const pointer of document.dialect.isOpenApi || entry !== null ? pointers : [""])
      await validatorAt(document, pointer);
    const entries = document.operations.map(({ pointer, title }) => ({ pointer, title }));
    return { kind: "opened", dialect: document.dialect.title, entries };
  } catch (error) {
    return unusable(error, document ?? { text, isJson: /^\s*[{[]/.test(text) });
  }
}

function open(text: string): Document {
  const read = readDocument(text);
  const dialect = dialectOf(read.value);
  assertSelfContained(read.value);
  opened += 1;
  const uri = `${BASE}${opened}`;
  const { $schema: _, ...schema } = read.value;
  registerSchema(schema as SchemaObject, uri, dialect.id);
  const operations = dialect.isOpenApi ? operationsOf(read.value) : [];
  return { ...read, dialect, uri, operations, validators: new Map() };
}

async function validatorAt(document: Document, pointer: string): Promise<Validator> {
  const known = document.validators.get(pointer);
  if (known) return known;
  const validator = await validate(`${document.uri}#${encodeURI(pointer)}`);
  document.validators.set(pointer, validator);
  return validator;
}

async function check(asked: Extract<Asked, { kind: "check" }>): Promise<Outcome> {
  if (asked.text === null && !documents.has(asked.key)) return { kind: "unknown" };
  const document = documents.get(asked.key) ?? open(asked.text ?? "");
  documents.set(asked.key, document);
  const pointer = asked.entry ?? entryFor(document, asked.request);
  if (pointer === null) {
    return { kind: "unchecked", detail: "No operation of the document fits this request." };
  }
  const validator = await validatorAt(document, pointer);
  const instance: unknown = JSON.parse(asked.request.json);
  const output = run(validator, instance);
  if (output.valid) return { kind: "valid" };
  const told = toldErrors(output.errors ?? [], (at) => valueAt(document.value, at), instance);
  return { kind: "invalid", ...told };
}

/** Formats count here, and not where documents are read: there a reference does not pass as one (OpenAPI 3.0). */
function run(validator: Validator, instance: unknown): { valid: boolean; errors?: RawError[] } {
  setShouldValidateFormat(true);
  try {
    return validator(instance as never, BASIC) as { valid: boolean; errors?: RawError[] };
  } finally {
    setShouldValidateFormat(false);
  }
}

function entryFor(document: Document, request: CheckedRequest): string | null {
  if (!document.dialect.isOpenApi) return "";
  return operationFor(document.operations, request)?.pointer ?? null;
}

function valueAt(value: unknown, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<unknown>(
      (node, key) =>
        typeof node === "object" && node !== null && Object.hasOwn(node, key)
          ? (node as Record<string, unknown>)[key]
          : undefined,
      value,
    );
}

function unusable(error: unknown, { text, isJson }: Pick<ReadDocument, "text" | "isJson">): Opened {
  const lineOf = (pointer: string) => (isJson ? lineAt(text, offsetAt(text, pointer)) : null);
  if (error instanceof UnusableAt)
    return { kind: "unusable", detail: `${error.message} (${error.at})`, line: lineOf(error.at) };
  if (error instanceof Unusable)
    return { kind: "unusable", detail: error.message, line: error.line };
  if (error instanceof InvalidSchemaError) {
    const errors = (error.output as { errors?: RawError[] }).errors ?? [];
    const deepest =
      errors
        .map((each) => pointerOf(each.instanceLocation))
        .sort((a, b) => b.length - a.length)[0] ?? "";
    const detail = `It is not valid by its own dialect, at ${deepest === "" ? "its beginning" : deepest}.`;
    return { kind: "unusable", detail, line: lineOf(deepest) };
  }
  const detail = error instanceof Error ? error.message.replaceAll(BASE, "").slice(0, 300) : "";
  return { kind: "unusable", detail: `It can't be used: ${detail}`, line: null };
}
