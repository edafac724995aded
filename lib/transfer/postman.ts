import type { HeaderPair } from "../contract/headers.ts";
import type { ExportFacts, Exported, ExportWriter } from "./exported.ts";
import { BASE_URL, toResend } from "./resend.ts";

const SCHEMA = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";

const rules = { refuse: () => null, isHeaderWritable: () => true };

/** A Postman collection, format 2.1.0. The capture URL is a variable of the collection. */
export function postmanWriter(facts: ExportFacts): ExportWriter {
  const { bin, exportedAt, q } = facts;
  const info = {
    name: bin.name ?? `Hooklens ${bin.id}`,
    description: `Exported by Hooklens at ${exportedAt}${q === "" ? "" : `, filter: ${q}`}.`,
    schema: SCHEMA,
  };
  const variable = [{ key: BASE_URL, value: bin.url, type: "string" }];
  let isFirst = true;
  return {
    begin: () => `${JSON.stringify({ info, variable }).slice(0, -1)},"item":[\n`,
    *each(exported) {
      if (!isFirst) yield ",\n";
      isFirst = false;
      yield JSON.stringify(item(exported, facts));
    },
    end: () => "\n]}\n",
  };
}

function item(exported: Exported, facts: ExportFacts) {
  const { title, url, headers, body, notes } = toResend(exported, facts, rules);
  const { method, contentType } = exported.request;
  return {
    name: title,
    // Postman sends no body with GET otherwise.
    ...(body === null ? {} : { protocolProfileBehavior: { disableBodyPruning: true } }),
    request: {
      method,
      header: headers.map(toHeader),
      url,
      ...(body === null ? {} : { body: bodyOf(body, contentType) }),
      description: notes.join("\n"),
    },
    response: [],
  };
}

const toHeader = ([key, value]: HeaderPair) => ({ key, value });

function bodyOf(raw: string, contentType: string | null) {
  const language = /json/i.test(contentType ?? "") ? "json" : "text";
  return { mode: "raw", raw, options: { raw: { language } } };
}
