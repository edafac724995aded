import type { CanonicalName, Scheme } from "../../providers/scheme.ts";
import { needsTime } from "../timestamp.ts";

/** Where a value is read in a handler. */
export type Source =
  | { kind: "header"; name: string }
  | { kind: "json"; path: readonly string[] }
  | { kind: "form"; name: string }
  /** What stands beside the signature, behind this beginning. */
  | { kind: "item"; beginning: string };

export type MessagePart =
  | { kind: "text"; text: string }
  | { kind: "body" | "method" | "url" | "time" | "secret" }
  | { kind: "value"; name: string; source: Source }
  /** Values of the headers that a value names, parted by spaces; joined by dots, empty for what is not there. */
  | { kind: "listed"; by: string }
  /** Names and values of the form, in order of the names; which values count of a field that comes several times. */
  | { kind: "fields"; repeated: "each different" | "last" };

/** What the code of a handler has to do, in any language. */
export type CheckPlan = {
  proof: Scheme["proof"];
  signature: Scheme["signature"];
  sources: readonly Source[];
  message: readonly MessagePart[];
  /** The URL may also have been signed with some of its escapes taken out. */
  isUrlDecodedToo: boolean;
  /** The value of the query that holds the body's SHA-256 in hex; null: the body is in the message. */
  digestInQuery: string | null;
  time: { sources: readonly Source[]; form: NonNullable<Scheme["time"]> } | null;
};

/** Null for what is not written for: tokens, other digests of the body, most messages put together by code. */
export function checkPlan(scheme: Scheme): CheckPlan | null {
  const { proof, message, signature, time } = scheme;
  const digestInQuery = queryOf(scheme.bodyDigest);
  const hasOtherDigest = scheme.bodyDigest !== undefined && digestInQuery === null;
  if (signature.jws || hasOtherDigest || !hasPlainKey(proof)) return null;
  const sources = signature.at.flatMap(family).map(sourceOf);
  const parts = partsOf(message);
  const times = time?.at.map(sourceOf) ?? [];
  const isKnown = [...sources, ...parts, ...times].every((each) => each !== null);
  if (!isKnown || parts.length === 0) return null;
  return {
    proof,
    signature,
    sources: sources.filter((each) => each !== null),
    message: parts.filter((each) => each !== null).filter((part) => !isEmptyText(part)),
    isUrlDecodedToo: !("canonical" in message) && message.some(hasDecodedUrl),
    digestInQuery,
    time:
      time && needsTime(scheme)
        ? { sources: times.filter((each) => each !== null), form: time }
        : null,
  };
}

/** lib/signatures/canonical/url-and-form.ts and coinbase-cdp.ts say what these sign. */
const forms: Partial<Record<CanonicalName, MessagePart[]>> = {
  mandrill: [{ kind: "url" }, { kind: "fields", repeated: "last" }],
  "twilio-form": [{ kind: "url" }, { kind: "fields", repeated: "each different" }],
  "coinbase-cdp": [
    { kind: "time" },
    { kind: "text", text: "." },
    { kind: "value", name: "names", source: { kind: "item", beginning: "h=" } },
    { kind: "text", text: "." },
    { kind: "listed", by: "names" },
    { kind: "text", text: "." },
    { kind: "body" },
  ],
};

/** Empty for a message that is put together by code. */
function partsOf(message: Scheme["message"]): (MessagePart | null)[] {
  if ("canonical" in message) return forms[message.canonical] ?? [];
  return (message[0] ?? "").split(/\{([^{}]+)\}/).map(partOf);
}

const queryOf = (digest: Scheme["bodyDigest"]): string | null =>
  digest?.encoding === "hex" && digest.at.startsWith("query:") ? digest.at.slice(6) : null;

const hasDecodedUrl = (template: string) => template.includes("{url-decoded}");

const hasPlainKey = (proof: Scheme["proof"]): boolean =>
  proof.kind !== "hmac" || (!proof.keyHash && keys.has(proof.key));

/** The members of a numbered family that are looked at. */
const family = (place: string): string[] =>
  place.endsWith("*")
    ? [1, 2, 3, 4, 5].map((number) => place.replace("*", String(number)))
    : [place];

const keys: ReadonlySet<string> = new Set(["text", "whsec-base64", "whsec-base64-or-text", "hex"]);

const isEmptyText = (part: MessagePart) => part.kind === "text" && part.text === "";

function sourceOf(place: string): Source | null {
  const colon = place.indexOf(":");
  const [kind, name] = [place.slice(0, colon), place.slice(colon + 1)];
  if (kind === "item") return { kind, beginning: name };
  if (kind === "header" || kind === "form") return { kind, name };
  const isPlain = kind === "json" && /^[\w.]+$/.test(name);
  return isPlain ? { kind: "json", path: name.split(".") } : null;
}

const plain = ["body", "method", "url", "time", "secret"] as const;

/** Pieces of a template: at even places its own text, at odd ones a variable. */
function partOf(piece: string, at: number): MessagePart | null {
  if (at % 2 === 0) return { kind: "text", text: piece };
  const own = plain.find((kind) => kind === piece);
  if (own) return { kind: own };
  const source = sourceOf(piece);
  return source && { kind: "value", name: nameOf(piece), source };
}

/** `header:webhook-id` as a variable of a program: `webhookId`. */
function nameOf(variable: string): string {
  const words = variable
    .split(/[^A-Za-z0-9]+/)
    .slice(1)
    .filter(Boolean);
  const [first = "value", ...rest] = words.map((word) => word.toLowerCase());
  return first + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}
