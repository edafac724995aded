import type { Attempt, Forward, ForwardCreate } from "../contract/forwards.ts";
import { type HeaderPair, headerValue } from "../contract/headers.ts";
import type { CapturedRequest } from "../contract/requests.ts";
import { secretHeaders, sendsSecret } from "../signatures/sent-secrets.ts";

/** How an answer can be followed. */
export type Way = { method: string; keepsBody: boolean };

/** Where an answer leads. */
export type Redirect = {
  /** As it was answered. */
  location: string;
  /** Resolved; null where it is no http or https URL. */
  to: string | null;
  /** Another scheme, host or port than the one that was asked. */
  isElsewhere: boolean;
  /** The one that comes first is offered first; none where there is nowhere to go. */
  ways: Way[];
};

/** RFC 9110 15.4.8 and 15.4.9. */
const KEEPS_METHOD = new Set([307, 308]);
/** 15.4.2, 15.4.3: may turn POST into GET, which most clients do. */
const MAY_TURN_POST = new Set([301, 302]);
const SEE_OTHER = 303;

const CREDENTIALS = new Set(["authorization", "cookie", "proxy-authorization"]);
/** What RFC 9110 15.4 has taken off with the body, and its framing. */
const OF_THE_BODY = /^(content-.*|digest|repr-digest|last-modified|transfer-encoding|trailer)$/i;

/** Null for an answer that leads nowhere else. `asked`: what was sent, where the attempt doesn't tell. */
export function redirectOf(
  { status, headers, url }: Pick<Attempt, "status" | "headers" | "url">,
  asked: { to: string; method: string },
): Redirect | null {
  const location = headerValue(headers, "location");
  if (!location || status === null || status < 300 || status > 399) return null;
  const from = url ?? asked.to;
  const to = resolve(location, from);
  return {
    location,
    to,
    isElsewhere: to !== null && new URL(to).origin !== originOf(from),
    ways: to === null ? [] : waysOf(status, asked.method),
  };
}

function resolve(location: string, from: string): string | null {
  if (!URL.canParse(location, from)) return null;
  const { href, protocol } = new URL(location, from);
  return protocol === "http:" || protocol === "https:" ? href : null;
}

const originOf = (url: string): string | null => (URL.canParse(url) ? new URL(url).origin : null);

/** A webhook is a POST that wants to arrive as one, so where both are right that is offered first. */
function waysOf(status: number, method: string): Way[] {
  const same = { method, keepsBody: true };
  const get = { method: "GET", keepsBody: false };
  if (KEEPS_METHOD.has(status)) return [same];
  if (MAY_TURN_POST.has(status)) return method === "POST" ? [same, get] : [same];
  if (status === SEE_OTHER) return method === "GET" || method === "HEAD" ? [same] : [get];
  return [];
}

type Captured = Pick<CapturedRequest, "method" | "headers" | "provider">;

/** What is asked for when a person follows it, and the headers that are left out because it leads elsewhere. */
export type Followed = { input: ForwardCreate; leftOut: string[] };

/**
 * The captured request as it is sent to where the answer leads. To another origin no credentials go along: Authorization,
 * Cookie, and headers in which providers send the secret itself.
 */
export function followed(
  request: Captured,
  { resigned }: Pick<Forward, "resigned">,
  { to, isElsewhere }: Redirect,
  { method, keepsBody }: Way,
): Followed {
  const isLeftOut = ([name]: HeaderPair) => isElsewhere && isCredential(name);
  const headers = request.headers.filter(
    (pair) => !isLeftOut(pair) && (keepsBody || !OF_THE_BODY.test(pair[0])),
  );
  const edit = {
    ...(method !== request.method && { method }),
    ...(headers.length < request.headers.length && { headers }),
    ...(!keepsBody && { bodyBase64: "" }),
  };
  const wouldTell = isElsewhere && request.provider !== null && sendsSecret(request.provider.id);
  const input = {
    to: to ?? "",
    append: false,
    ...(Object.keys(edit).length > 0 && { edit }),
    ...(resigned && keepsBody && !wouldTell && { resign: true }),
  };
  return { input, leftOut: [...new Set(request.headers.filter(isLeftOut).map(([name]) => name))] };
}

function isCredential(name: string): boolean {
  const plain = name.toLowerCase();
  return CREDENTIALS.has(plain) || secretHeaders.has(plain);
}
