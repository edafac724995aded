import type { DocumentEntry } from "../contract/shapes.ts";
import type { CheckedRequest } from "./messages.ts";

const METHODS = ["post", "put", "patch", "get", "delete"];
const ENTRIES_MAX = 1_000;

/** One operation that takes JSON. `event`: the names that it goes by; `path`: as it is written, with its parameters. */
export type Operation = DocumentEntry & { events: string[]; method: string; path: string | null };

type Node = Record<string, unknown>;
const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const member = (node: Node, key: string): Node => {
  const value = Object.hasOwn(node, key) ? node[key] : undefined;
  return isNode(value) ? value : {};
};
const step = (key: string) => key.replaceAll("~", "~0").replaceAll("/", "~1");

/** The operations of an OpenAPI document: its webhooks first, then its paths. */
export function operationsOf(document: Node): Operation[] {
  const found: Operation[] = [];
  for (const section of ["webhooks", "x-webhooks", "paths"]) {
    for (const [name, item] of Object.entries(member(document, section))) {
      for (const method of METHODS) {
        if (found.length >= ENTRIES_MAX) return found;
        if (!isNode(item) || !isNode(item[method])) continue;
        const operation = item[method];
        const at = `/${section}/${step(name)}/${method}/requestBody`;
        const pointer = bodySchema(document, operation["requestBody"], at);
        if (!pointer) continue;
        const isPath = section === "paths";
        const id = operation["operationId"];
        found.push({
          pointer,
          title: isPath ? `${method.toUpperCase()} ${name}` : name,
          events: [...(isPath ? [] : [name]), ...(typeof id === "string" ? [id] : [])],
          method: method.toUpperCase(),
          path: isPath ? name : null,
        });
      }
    }
  }
  return found;
}

/** The pointer to the schema of a request body in JSON; one reference is followed. */
function bodySchema(document: Node, body: unknown, at: string): string | null {
  if (!isNode(body)) return null;
  const reference = body["$ref"];
  if (typeof reference === "string" && reference.startsWith("#/")) {
    const pointer = decodeURIComponent(reference.slice(1));
    return contentSchema(nodeAt(document, pointer), pointer);
  }
  return contentSchema(body, at);
}

function contentSchema(body: Node, at: string): string | null {
  const content = member(body, "content");
  const type = Object.keys(content).find((name) =>
    /^application\/(?:[\w.+-]*\+)?json\b|^\*\/\*$/i.test(name),
  );
  if (type === undefined || !("schema" in member(content, type))) return null;
  return `${at}/content/${step(type)}/schema`;
}

function nodeAt(document: Node, pointer: string): Node {
  const steps = pointer.split("/").slice(1);
  return steps.reduce(
    (node, key) => member(node, key.replaceAll("~1", "/").replaceAll("~0", "~")),
    document,
  );
}

/** The operation for a request: by the event's name, else by method and path. */
export function operationFor(
  operations: readonly Operation[],
  { event, method, path }: CheckedRequest,
): Operation | null {
  const byEvent = event !== null && operations.find(({ events }) => events.includes(event));
  if (byEvent) return byEvent;
  return (
    operations.find((one) => one.path !== null && one.method === method && fits(one.path, path)) ??
    null
  );
}

/** By its end: what stands before it belongs to the server. */
function fits(template: string, path: string): boolean {
  const wanted = template.split("/").filter(Boolean);
  const given = path
    .split("/")
    .filter(Boolean)
    .slice(-wanted.length || undefined);
  if (wanted.length === 0) return given.length === 0;
  return (
    wanted.length === given.length &&
    wanted.every((part, at) => /^\{.*\}$/.test(part) || part === given[at])
  );
}
