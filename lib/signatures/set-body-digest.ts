import type { Scheme } from "../providers/scheme.ts";
import { concat, encode } from "./bytes.ts";
import type { Draft } from "./draft.ts";

export const sha256 = async (body: Uint8Array) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", concat([body])));

/** In the URL, where a scheme has it there: in its place, or as the last of the query. */
export async function setBodyDigest({ bodyDigest }: Scheme, draft: Draft): Promise<Draft> {
  if (!bodyDigest?.at.startsWith("query:")) return draft;
  const name = bodyDigest.at.slice("query:".length);
  const field = `${name}=${encode(await sha256(draft.body), bodyDigest.encoding)}`;
  const [, before = draft.url, fragment = ""] = /^([^#]*)(.*)$/s.exec(draft.url) ?? [];
  const mark = before.indexOf("?");
  const fields = mark < 0 ? [] : before.slice(mark + 1).split("&");
  const others = fields.map((each) => (each.split("=", 1)[0] === name ? field : each));
  const query = others.includes(field) ? others : [...others.filter((each) => each !== ""), field];
  const path = mark < 0 ? before : before.slice(0, mark);
  return { ...draft, url: `${path}?${query.join("&")}${fragment}` };
}
