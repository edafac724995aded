import type {
  CapturedRequest,
  RecognisedProvider,
  RequestResponse,
  Signature,
} from "../contract/requests.ts";
import { foldedByteText } from "./byte-text.ts";
import { type Field, type FormField, readFields, toFormFields } from "./form-values.ts";
import { receivedAtUs } from "./moment.ts";
import { fold } from "./pattern.ts";

/** Words are looked for in so much of a body. */
export const SEARCHED_BODY_BYTES = 64 * 1024;
/** Values are looked for in so much of a body. */
export const VALUES_BODY_BYTES = 1024 * 1024;

/** What a query looks at; the body comes apart. */
export type SearchedRequest = Pick<
  CapturedRequest,
  | "id"
  | "seq"
  | "receivedAt"
  | "method"
  | "target"
  | "headers"
  | "contentType"
  | "bodySize"
  | "remoteAddress"
> &
  // What people say of it: a request that just arrives has none of it.
  Partial<Pick<CapturedRequest, "labels" | "note" | "pinned">> & {
    provider: Pick<RecognisedProvider, "id" | "event" | "deliveryId"> | null;
    signature: Pick<Signature, "status">;
    response: Pick<RequestResponse, "status"> | null;
  };

/** The values of a body, in one of the ways to read it; null when it has none. */
export type BodyValues =
  | { kind: "json"; text: string }
  | { kind: "form"; fields: FormField[] }
  | { kind: "none" };

/**
 * A request that queries are asked about. What takes work to find out is found out once, when the first query asks for
 * it, so keep the subject for all the queries that one request meets.
 */
export class Subject {
  readonly request: SearchedRequest;
  /** The states of its forwards. */
  readonly forwards: readonly string[];
  readonly #body: Uint8Array;
  #words: string[] | undefined;
  #bodyText: string | undefined;
  #query: Field[] | undefined;
  #values: BodyValues | undefined;
  #at: number | undefined;

  /** `body`: its first VALUES_BODY_BYTES at least. */
  constructor(request: SearchedRequest, body: Uint8Array, forwards: readonly string[] = []) {
    this.request = request;
    this.forwards = forwards;
    this.#body = body;
  }

  /** Microseconds since 1970. */
  get at(): number {
    return (this.#at ??= receivedAtUs(this.request.receivedAt));
  }

  /** Method, target and each header as `name: value`, folded: what words are looked for in, beside the body. */
  get lines(): readonly string[] {
    const { method, target, headers } = this.request;
    return (this.#words ??= [
      fold(method),
      fold(target),
      ...headers.map(([name, value]) => fold(`${name}: ${value}`)),
    ]);
  }

  /** The body's beginning as folded byte text. */
  get bodyText(): string {
    return (this.#bodyText ??= foldedByteText(this.#body.subarray(0, SEARCHED_BODY_BYTES)));
  }

  /** The target's path, folded byte text. */
  get path(): string {
    const target = this.lines[1] ?? "";
    const mark = target.indexOf("?");
    return mark < 0 ? target : target.slice(0, mark);
  }

  /** The fields of the target's query: names folded, values as they are. */
  get query(): readonly Field[] {
    return (this.#query ??= this.#readQuery());
  }

  #readQuery(): Field[] {
    const { target } = this.request;
    const mark = target.indexOf("?");
    if (mark < 0) return [];
    return readFields(target.slice(mark + 1)).map(([name, value]) => [fold(name), value]);
  }

  get values(): BodyValues {
    return (this.#values ??= readValues(
      this.#body.subarray(0, VALUES_BODY_BYTES),
      this.request.contentType,
    ));
  }
}

const decoder = new TextDecoder();
const FORM = /^\s*application\/x-www-form-urlencoded\s*(?:;|$)/i;

/** JSON by its first character, since many a JSON body comes with a form's type (curl -d) or with none. */
function readValues(body: Uint8Array, contentType: string | null): BodyValues {
  const isForm = FORM.test(contentType ?? "");
  const first = firstCharacter(body);
  const isJson = first === "{" || first === "[";
  if (!isJson && !isForm) return { kind: "none" };
  const text = decoder.decode(body);
  return isJson ? { kind: "json", text } : { kind: "form", fields: toFormFields(readFields(text)) };
}

function firstCharacter(body: Uint8Array): string {
  const hasMark = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf;
  for (let at = hasMark ? 3 : 0; at < body.length; at++) {
    const char = String.fromCharCode(body[at] as number);
    if (!/[ \t\r\n]/.test(char)) return char;
  }
  return "";
}
