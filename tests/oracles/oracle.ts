import { createHash, createHmac } from "node:crypto";
import { type HeaderPair, headerValue } from "#lib/contract/headers.ts";

/** A delivery as it stands on the wire; `url` is the whole of it, as the sender called it. */
export type Delivery = { method: string; url: string; headers: HeaderPair[]; body: Buffer };

/**
 * How a provider's deliveries are signed and judged by code that is not ours: `accepts` is the official package (or, for
 * the JWT of a few, jose); `sign` is that package where it can sign, else node:crypto by the provider's documentation.
 */
export type Oracle = {
  /** As in lib/providers. */
  provider: string;
  /** Tells two schemes of one provider apart. */
  scheme: string;
  /** The package that judges. */
  by: string;
  /** What a person pastes into Hooklens. */
  secret: string;
  /** Not signed yet. Its headers are what the scheme or the package wants beside the signature. */
  delivery: Delivery;
  sign: (delivery: Delivery, atMs: number) => Delivery | Promise<Delivery>;
  /** Throwing is refusing. */
  accepts: (delivery: Delivery) => boolean | Promise<boolean>;
  /** Whether the package refuses what was signed a day ago. */
  refusesOld: boolean;
  /** What is signed is a token with times of its own. */
  isToken?: true;
  /** It is signed with a key that nobody else has. */
  onlySender?: true;
  /** A request that was not signed so before has no place for it, lacks what only its sender can say, or gets another. */
  neverAnew?: true;
  /** Text of the body that is signed, where not all of it is; null: none of it is. */
  signedText?: string | null;
};

const URL_CALLED = "https://hooks.example.com/in/b1?source=a%20b&x=1";

/** Of every length that UTF-8 has, with a quote, a backslash and a slash: what a second serialisation would change. */
const TEXT = 'Grüße, 漢字, 🚀 \\"quoted\\" a\\/b';

export const json = (more: string): Buffer => Buffer.from(`{"text":"${TEXT}",${more}}\n`);

export function delivery(body: Buffer | string, headers: Record<string, string> = {}): Delivery {
  const all = { "Content-Type": "application/json", ...headers };
  return { method: "POST", url: URL_CALLED, headers: Object.entries(all), body: Buffer.from(body) };
}

export const withHeaders = (given: Delivery, headers: Record<string, string>): Delivery => {
  const names = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  const kept = given.headers.filter(([name]) => !names.has(name.toLowerCase()));
  return { ...given, headers: [...kept, ...Object.entries(headers)] };
};

/** The header's value, or nothing: as a package sees it that was called without one. */
export const header = (given: Delivery, name: string): string =>
  headerValue(given.headers, name) ?? "";

export const headersOf = (given: Delivery): Record<string, string> =>
  Object.fromEntries(given.headers.map(([name, value]) => [name.toLowerCase(), value]));

export const seconds = (atMs: number): string => String(Math.floor(atMs / 1_000));

type Encoding = "hex" | "base64" | "base64url";

export const hmac = (
  hash: "sha1" | "sha256",
  key: string | Buffer,
  encoding: Encoding,
  ...parts: (string | Buffer)[]
): string => {
  const made = createHmac(hash, key);
  for (const part of parts) made.update(part);
  return made.digest(encoding);
};

export const sha256 = (content: string | Buffer, encoding: Encoding): string =>
  createHash("sha256").update(content).digest(encoding);

/** Whether a function that throws for what it refuses did not throw. */
export async function passes(check: () => unknown): Promise<boolean> {
  try {
    await check();
    return true;
  } catch {
    return false;
  }
}

export async function isAccepted({ accepts }: Oracle, given: Delivery): Promise<boolean> {
  try {
    return await accepts(given);
  } catch {
    return false;
  }
}

/** One bit of what is signed turned over: of the body, or, where it is not signed, of the token. */
export function flipped({ signedText }: Oracle, given: Delivery): Delivery {
  if (signedText === null) {
    const token = header(given, "authorization");
    return withHeaders(given, { Authorization: token.replace(/.(?=[^.]*\.[^.]*$)/, flipLetter) });
  }
  const body = Buffer.from(given.body);
  const at = signedText ? body.indexOf(signedText) : Math.floor(body.length / 2);
  body[at] = (body[at] ?? 0) ^ 1;
  return { ...given, body };
}

const flipLetter = (letter: string) => (letter === "A" ? "B" : "A");
