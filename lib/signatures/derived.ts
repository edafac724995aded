import { type Bytes, utf8 } from "./bytes.ts";

/**
 * Meta signs the text of its JSON with everything beyond ASCII as lower-case \uXXXX
 * (developers.facebook.com/docs/graph-api/webhooks/getting-started#event-notifications). Where somebody on the way has
 * written it out, the body no longer is what was signed.
 */
export function escapeBeyondAscii(body: Uint8Array): Bytes {
  const text = new TextDecoder().decode(body);
  return utf8(
    text.replace(
      /[\u0080-\uffff]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
    ),
  );
}

/** The escapes that HubSpot takes out of the URL before it signs (developers.hubspot.com, "Validating requests"). */
const DECODED = /%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi;

export const decodeForHubSpot = (url: string): string =>
  url.replace(DECODED, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** Scheme; name and password; host, an IPv6 address in brackets; port; the rest. */
const PIECES = /^([a-z][a-z0-9+.-]*:\/\/)((?:[^/?#]*@)?)(\[[^\]/?#]*\]|[^:/?#]*)(:[^/?#]*)?(.*)$/is;

export const withoutPort = (url: string): string => url.replace(PIECES, "$1$2$3$5");

/** With the one that its scheme stands for, where it has none. */
export const withPort = (url: string): string =>
  url.replace(
    PIECES,
    (whole, scheme: string, user: string, host: string, port: string, rest: string) =>
      port ? whole : `${scheme}${user}${host}${/^https/i.test(scheme) ? ":443" : ":80"}${rest}`,
  );
