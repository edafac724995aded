import type { RequestSummary } from "#lib/contract/requests.ts";

const ASKED_BY_QUERY = /[?&](?:crc_token|bt_challenge|challenge_code)=/;
/** Their checks look like deliveries about nothing. */
const ASKED_WITHOUT_EVENT = /^(?:discord|xero)$/;

/** A provider's check of the URL whose answer takes a secret, and that was not answered for want of it. */
export function isOpenCheck(summary: RequestSummary): boolean {
  const { handshake, provider, signature, method, target } = summary;
  if (handshake || signature.status !== "unchecked") return false;
  if (provider?.event === "endpoint.url_validation") return true;
  if (provider?.event === null && ASKED_WITHOUT_EVENT.test(provider.id)) return true;
  return method === "GET" && ASKED_BY_QUERY.test(target);
}
