/** Headers that are new with each try: when it was sent, its signature, its number, and what the way adds. */
const HEADERS =
  /signature|hmac|timestamp|transmission-(?:time|sig)|(?:^|-)date$|retry|attempt|delivery-count|trace|span|x-request-(?:id|start)|^x-amzn-|^cf-|^x-forwarded-|^forwarded$|^via$|^x-real-ip$|^content-length$/i;

/** Keys of a body that are so, by the last one on the way to a value. */
const KEYS =
  /^(?:.*signature|token|nonce|.*timestamp|sent_?at|retry_?count|.*attempt(?:s|_?number)?|pending_webhooks)$/i;

export const isVolatileHeader = (name: string): boolean => HEADERS.test(name);

/** `path`: as it is shown, `$.data.items[0].id`. */
export function isVolatilePath(path: string): boolean {
  const key = /([^.[\]"]+)"?\]?(?:\[\d+\])*$/.exec(path)?.[1] ?? "";
  return KEYS.test(key) || /\bsignature\b/i.test(path);
}
