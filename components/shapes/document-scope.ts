import type { ShapeDocument } from "#lib/contract/shapes.ts";
import { readSource, sourceParameters } from "#lib/contract/shapes-client.ts";

/** Which requests a document is for, as one text for a choice: "" all, "q" a filter, else the event's parameters. */
export function scopeOf({ provider, event, q }: ShapeDocument): string {
  if (q !== null) return "q";
  return provider === null ? "" : sourceParameters({ provider, event }).toString();
}

export function readScope(scope: string, q: string) {
  if (scope === "q") return { provider: null, event: null, q };
  const source = readSource(new URLSearchParams(scope));
  if (source?.provider === undefined) return { provider: null, event: null, q: null };
  return { provider: source.provider, event: source.event, q: null };
}
