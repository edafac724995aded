import { headerValue } from "../contract/headers.ts";
import { Content } from "./content.ts";
import { byAgent } from "./handshakes/by-agent.ts";
import { byBody } from "./handshakes/by-body.ts";
import { byHeader } from "./handshakes/by-header.ts";
import { byQuery } from "./handshakes/by-query.ts";
import type { Asked, Handshake, Row } from "./handshakes/row.ts";
import type { Secret, SignedRequest } from "../signatures/subject.ts";

/** The exchanges are short: what is longer is a delivery. */
const BODY_BYTES_MAX = 16 * 1024;

/** Any of the words by which a body is told: one pass over a body in which none stands, as in nearly all. */
const words = new RegExp(byBody.map(([word]) => word.replaceAll(/[.[\]]/g, "\\$&")).join("|"));

const headerLengths = new Set([...byHeader.keys()].map((name) => name.length));

/**
 * What a provider must get back before it sends anything to a URL, or goes on to; null for every other request, and for
 * one whose answer needs a secret that the bin does not have.
 */
export function handshakeOf(asked: Asked): Handshake | null {
  const row = findRow(asked);
  if (!row) return null;
  const { id, isDelivery } = row;
  if (asked.providerId !== id && !isAnybody(asked.providerId)) return null;
  const answer = row.answer(asked, new Content(asked.headers, asked.target, asked.body));
  return answer && { id, ...(isDelivery && { isDelivery }), ...answer };
}

/** Others than the one that it is named after send by it too. What another provider sent is no check, whatever stands in it. */
const isAnybody = (providerId: string | null): boolean =>
  providerId === null || providerId === "standard-webhooks" || providerId === "svix";

/**
 * Whether it is a provider's check of the URL, be it answered or not: one whose answer takes a secret is known for what it is
 * once there is one. Few providers sign those.
 */
export function isUrlCheck(
  request: SignedRequest,
  providerId: string | null,
  secrets: readonly Secret[],
): boolean {
  const { method, url, headers, body } = request;
  const handshake = handshakeOf({
    method,
    target: url,
    url: () => url,
    headers,
    body: body.length > BODY_BYTES_MAX ? null : Buffer.from(body),
    providerId,
    secrets,
    verdict: { status: "unchecked", secretId: null },
    confirmSns: false,
  });
  return handshake !== null && !handshake.isDelivery && handshake.status < 400;
}

function findRow({ method, target, headers, body }: Asked): Row | undefined {
  for (const [name] of headers) {
    const row = headerLengths.has(name.length) ? byHeader.get(name.toLowerCase()) : undefined;
    if (row) return row;
  }
  const mark = target.indexOf("?");
  if (mark >= 0) {
    const name = [...byQuery.keys()].find((each) => hasName(target, mark, each));
    if (name !== undefined) return byQuery.get(name);
  }
  if (method === "GET") return findByAgent(headers);
  if (method !== "POST" || !body || body.length > BODY_BYTES_MAX) return undefined;
  if (!words.test(body.toString("latin1"))) return undefined;
  return byBody.find(([word]) => body.includes(word))?.[1];
}

function findByAgent(headers: Asked["headers"]): Row | undefined {
  const agent = headerValue(headers, "user-agent") ?? "";
  return byAgent.find(([beginning]) => agent.startsWith(beginning))?.[1];
}

/** Whether the query has a field of this name, as providers write it. */
function hasName(target: string, mark: number, name: string): boolean {
  const at = target.indexOf(`${name}=`, mark);
  return at > 0 && (at === mark + 1 || target[at - 1] === "&");
}
