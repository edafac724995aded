import { Unusable } from "./unusable.ts";

/** `id`: the dialect's own address; it is known here and never fetched. */
export type Dialect = { id: string; title: string; isOpenApi: boolean };

const schemas: Record<string, string> = {
  "http://json-schema.org/draft-07/schema": "draft-07",
  "https://json-schema.org/draft-07/schema": "draft-07",
  "https://json-schema.org/draft/2019-09/schema": "2019-09",
  "https://json-schema.org/draft/2020-12/schema": "2020-12",
};
const NEWEST = "https://json-schema.org/draft/2020-12/schema";
const OPENAPI: Record<string, string> = {
  "3.0": "https://spec.openapis.org/oas/3.0/schema",
  "3.1": "https://spec.openapis.org/oas/3.1/schema-base",
};

/** A JSON Schema that does not say its dialect is taken as the newest one. @throws Unusable */
export function dialectOf(document: Record<string, unknown>): Dialect {
  const { openapi, swagger, $schema } = document;
  if (typeof swagger === "string") {
    throw new Unusable(`Swagger ${swagger} is not known here: convert it to OpenAPI 3.`);
  }
  if (openapi !== undefined) return openApi(typeof openapi === "string" ? openapi : "");
  if ($schema === undefined) return { id: NEWEST, title: "JSON Schema 2020-12", isOpenApi: false };
  const given = typeof $schema === "string" ? $schema.replace(/#$/, "") : "";
  const draft = Object.hasOwn(schemas, given) ? schemas[given] : undefined;
  if (!draft) {
    throw new Unusable(
      `Its dialect ${given.slice(0, 200)} is not known here: draft-07, 2019-09 and 2020-12 are.`,
    );
  }
  const id = draft === "draft-07" ? "http://json-schema.org/draft-07/schema" : given;
  return { id, title: `JSON Schema ${draft}`, isOpenApi: false };
}

function openApi(version: string): Dialect {
  const short = /^3\.[01](?=\.|$)/.exec(version)?.[0];
  const id = short && OPENAPI[short];
  if (!id)
    throw new Unusable(`OpenAPI ${version.slice(0, 20)} is not known here: 3.0 and 3.1 are.`);
  return { id, title: `OpenAPI ${short}`, isOpenApi: true };
}
