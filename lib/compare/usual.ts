/** Headers that are new with each try: when it was sent, its signature, its number, and what the way adds. */
const HEADERS =
  /signature|hmac|timestamp|transmission-(?:time|sig)|(?:^|-)date$|retry|attempt|delivery-count|trace|span|x-request-(?:id|start)|^x-amzn-|^cf-|^x-forwarded-|^forwarded$|^via$|^x-real-ip$|^content-length$/i;

/** Keys of a body that are so, by the last one on the way to a value. */
const KEYS =
  /^(?:.*signature|token|nonce|.*timestamp|sent_?at|retry_?count|.*attempt(?:s|_?number)?|pending_webhooks)$/i;

/** Whether what stands at this place is new with each message of most senders. */
export function isUsual(place: string): boolean {
  const header = /(?:^|" )(?:header|trailer) (.*)$/s.exec(place)?.[1];
  if (header !== undefined) return HEADERS.test(header);
  const field = /^(?:query|form) (.*)$/s.exec(place)?.[1];
  if (field !== undefined) return KEYS.test(field);
  const path = /(?:^|" )body (\$.*)$/s.exec(place)?.[1];
  return path !== undefined && isUsualPath(path);
}

function isUsualPath(path: string): boolean {
  const key = /([^.[\]"]+)"?\]?(?:\[\*\])*$/.exec(path)?.[1] ?? "";
  return KEYS.test(key) || /\bsignature\b/i.test(path);
}
