import type { ShapeSource } from "../../contract/shapes.ts";
import { providerName } from "../../providers/providers.ts";
import { composeTerm } from "../../search/compose.ts";
import { typeName } from "../../shapes/write/names.ts";
import type { ShapeRow } from "../../store/shapes.ts";

/** Whose samples a request belongs to; null for what can't be asked for. */
export function sourceOf(row: Omit<ShapeRow, "seq">): ShapeSource | null {
  if (row.provider !== null) return { provider: row.provider, event: row.event };
  const q = placeQuery(row);
  return q === null ? null : { q };
}

/** Of nobody known: what has the same method, path and content type. */
function placeQuery({ method, path, contentType }: Omit<ShapeRow, "seq">): string | null {
  const terms = [
    composeTerm({ field: "method", value: method ?? "" }),
    path === "" ? 'path:""' : composeTerm({ field: "path", value: path ?? "" }),
    contentType ? composeTerm({ field: "type", value: contentType }) : "-type:*",
    "-provider:*",
  ];
  return terms.includes(null) ? null : terms.join(" ");
}

export const sourceKey = (source: ShapeSource) =>
  JSON.stringify(source.provider === undefined ? [source.q] : [source.provider, source.event]);

export function sourceTitle(source: ShapeSource): string {
  if (source.provider === undefined) return source.q;
  const name = providerName(source.provider);
  return source.event === null ? name : `${name} ${source.event}`;
}

/** `StripeChargeSucceeded`; of what nobody is known for, by the words of the path. */
export function sourceTypeName(source: ShapeSource): string {
  if (source.provider !== undefined) return typeName(source.provider, source.event ?? "");
  const path = /path:"?([^"\s]*)/.exec(source.q)?.[1] ?? "";
  return typeName(path === "" ? "request" : path);
}
