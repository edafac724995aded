import { type ContentType, parseContentType } from "./content-type.ts";
import { boundaryOf } from "./boundary.ts";
import {
  hasBinaryControls,
  imageTypeOf,
  looksLikeJson,
  looksLikeSvg,
  looksLikeText,
  looksLikeXml,
} from "./sniff.ts";

export type ViewKind = "json" | "xml" | "form" | "multipart" | "image" | "text" | "preview" | "hex";

export type Picked = {
  view: ViewKind;
  /** What can be switched to, the picked one first; Text and Hex are always among them. */
  views: ViewKind[];
  /** Why, when the body is not what its content type says. */
  note: string | null;
  /** The type to show the image as; null when there is no image view. */
  imageType: string | null;
  /** Several JSON values, one after the other. */
  sequence: boolean;
};

const sequences =
  /^application\/(x-)?(ndjson|jsonl|jsonlines|json-lines|stream\+json|json-stream)$/;
const json = /^(application|text)\/(x-)?(json|json5|csp-report|reports\+json)$|\+json$/;
const textual =
  /^text\/|^message\/http$|^application\/(xml|javascript|ecmascript|yaml|x-yaml|graphql|sql|toml)$|\+(xml|yaml)$/;
const xml = /^(application|text)\/xml$|\+xml$/;
/** Shown as its source first: drawing it can take for ever (see svg-view.tsx). */
const SVG = "image/svg+xml";
const html = /^text\/html$|^application\/xhtml\+xml$/;
/** Types that say so little that the bytes may say more. AWS SNS sends its JSON as text/plain, curl -d as a form. */
const vague = new Set(["", "text/plain", "application/octet-stream", "binary/octet-stream"]);

/** Chooses how to show a body, by its content type and by what its bytes look like. */
export function pickView(contentType: string | null, bytes: Uint8Array): Picked {
  const type = parseContentType(contentType);
  const imageType = imageTypeFor(type, bytes);
  const { view, note } = choose(type, contentType, bytes, imageType);
  const possible: (ViewKind | false)[] = [
    view,
    imageType !== null && "image",
    xml.test(type.essence) && view !== "hex" && "xml",
    "text",
    html.test(type.essence) && view !== "hex" && "preview",
    "hex",
  ];
  return {
    view,
    views: [...new Set(possible.filter((kind) => kind !== false))],
    note,
    imageType,
    sequence: sequences.test(type.essence),
  };
}

type Choice = { view: ViewKind; note: string | null };

function choose(
  type: ContentType,
  contentType: string | null,
  bytes: Uint8Array,
  imageType: string | null,
): Choice {
  if (imageType && imageType !== SVG) return image(type, imageType);
  const declared = declaredView(type, contentType, bytes);
  if (declared && declared !== "form" && isBinary(type, declared, bytes)) {
    return { view: "hex", note: `Declared as ${type.essence}, but the bytes are not text` };
  }
  const mayBeJson = declared === "form" || vague.has(type.essence);
  if (mayBeJson && looksLikeJson(bytes) && looksLikeText(bytes)) {
    return { view: "json", note: `${declaredAs(type)}, but it reads as JSON` };
  }
  if (declared && declared !== "text") return { view: declared, note: null };
  if (vague.has(type.essence) && looksLikeXml(bytes)) {
    return { view: "xml", note: `${declaredAs(type)}, but it reads as XML` };
  }
  if (declared) return { view: declared, note: null };
  return { view: looksLikeText(bytes) ? "text" : "hex", note: null };
}

function declaredView(
  type: ContentType,
  contentType: string | null,
  bytes: Uint8Array,
): ViewKind | null {
  if (json.test(type.essence) || sequences.test(type.essence)) return "json";
  if (type.essence === "application/x-www-form-urlencoded") return "form";
  if (type.essence.startsWith("multipart/") && boundaryOf(contentType, bytes)) return "multipart";
  if (xml.test(type.essence)) return "xml";
  return textual.test(type.essence) ? "text" : null;
}

/** UTF-16 is full of NUL bytes and still text; a multipart body and a whole HTTP message may hold anything. */
function isBinary(type: ContentType, declared: ViewKind, bytes: Uint8Array): boolean {
  const wide = /^utf-?(16|32)/i.test(type.params.get("charset") ?? "");
  const mixed = declared === "multipart" || type.essence === "message/http";
  return !mixed && !wide && hasBinaryControls(bytes);
}

function imageTypeFor(type: ContentType, bytes: Uint8Array): string | null {
  const known = imageTypeOf(bytes);
  if (known) return known;
  const isSvg = type.essence === SVG || (isXmlish(type) && looksLikeSvg(bytes));
  return isSvg ? SVG : null;
}

function isXmlish(type: ContentType): boolean {
  return vague.has(type.essence) || type.essence.endsWith("xml");
}

function image(type: ContentType, imageType: string): Choice {
  const asDeclared = type.essence === imageType || type.essence === "image/jpg";
  return { view: "image", note: asDeclared ? null : `${declaredAs(type)}, but it is ${imageType}` };
}

function declaredAs(type: ContentType): string {
  return type.essence ? `Declared as ${type.essence}` : "No content type";
}
