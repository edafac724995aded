import { timingSafeEqual } from "node:crypto";
import { type HeaderPair, headerValue } from "../../contract/headers.ts";
import type { Secret } from "../../signatures/subject.ts";
import type { Verdict } from "../../signatures/verdict.ts";
import type { Content } from "../content.ts";
import { parsePath, valueAt } from "../path.ts";

/** How a URL proves to a provider that it wants to be called: what it asked for, answered. */
export type Handshake = {
  /** The provider's id. */
  id: string;
  status: number;
  headers: HeaderPair[];
  body: string;
  /** It answers an ordinary delivery, and not a check of the URL. */
  isDelivery?: true;
};

export type Asked = {
  method: string;
  /** What follows the bin, raw. */
  target: string;
  /** As the sender saw it; put together when it is wanted. */
  url: () => string;
  headers: readonly HeaderPair[];
  /** Null when there is none, or too much of it. */
  body: Buffer | null;
  /** Whom the request was recognised to be from; null: nobody that is known. */
  providerId: string | null;
  /** The bin's, of all providers. */
  secrets: readonly Secret[];
  verdict: Pick<Verdict, "status" | "secretId">;
  /** Whether subscriptions of AWS SNS are confirmed. */
  confirmSns: boolean;
};

export type Answer = Omit<Handshake, "id" | "isDelivery">;
export type Row = Pick<Handshake, "id" | "isDelivery"> & {
  answer: (asked: Asked, content: Content) => Answer | null;
};

/** Nothing that a provider wants back is longer; a stranger's megabyte is not reflected. */
const VALUE_CHARACTERS_MAX = 4_096;

/** As text/plain, so that a stranger's markup stays text (nosniff and the sandbox are on every answer). */
export const text = (value: string | null | undefined): Answer | null =>
  isReflectable(value)
    ? { status: 200, headers: [["Content-Type", "text/plain; charset=utf-8"]], body: value }
    : null;

export const json = (value: unknown): Answer => ({
  status: 200,
  headers: [["Content-Type", "application/json"]],
  body: JSON.stringify(value),
});

export const header = (name: string, value: string | undefined): Answer | null =>
  isReflectable(value) ? { status: 200, headers: [[name, value]], body: "" } : null;

export const empty: Answer = { status: 200, headers: [], body: "" };

/** What providers want that send wrong signatures on purpose, to see whether anybody checks. */
export const unverified: Answer = {
  status: 401,
  headers: [["WWW-Authenticate", "Signature"]],
  body: "",
};

export const isReflectable = (value: string | null | undefined): value is string =>
  typeof value === "string" && value !== "" && value.length <= VALUE_CHARACTERS_MAX;

export const given = ({ headers }: Asked, name: string): string | undefined =>
  headerValue(headers, name);

export const at = (content: Content, path: string): unknown =>
  valueAt(content.json, parsePath(path));

export const string = (value: unknown): string | undefined =>
  typeof value === "string" ? value : undefined;

/** Those of one provider; first the one that the request is signed with. */
export function secretsOf({ secrets, verdict }: Asked, provider: string): string[] {
  const own = secrets.filter((secret) => secret.provider === provider);
  const first = own.filter(({ id }) => id === verdict.secretId);
  return [...new Set([...first, ...own])].map(({ value }) => value);
}

export function isSame(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}
