import type { Edit } from "./edits.ts";

/** How tokens start that say by themselves what they are, with what follows at least. */
const MARKED = [
  /\beyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)*/g,
  /\b(?:sk|rk|ek)_(?:live|test)_[\w-]{6,}/g,
  /\b(?:whsec|pusher|hlk|hls|shpat|shpss|shpca|shppa|npm|dckr_pat|dop_v1|doo_v1|dor_v1|glpat|glrt|glcbt|sntrys|sntryu|lin_api|lin_oauth|phc|phx|rubygems|pscale_tkn|pscale_pw|tskey|ntn|secret|figd|nfp|vercel)[_-][\w+/=.-]{8,}/g,
  /\b(?:gh[pousr]_\w{16,}|github_pat_\w{16,}|xox[a-z]-[\w-]{8,}|xapp-[\w-]{8,}|sq0[a-z]{3}-[\w-]{8,}|hf_\w{16,})/g,
  /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}|\bAIza[\w-]{20,}|\bya29\.[\w.-]{10,}|\bSG\.[\w-]{10,}\.[\w-]{10,}|\bEAAA[\w-]{20,}/g,
  /\bsk-(?:ant-|proj-|or-)?[\w-]{16,}|\bPMAK-[\w-]{16,}|\bNRAK-\w{16,}|\bhvs\.[\w-]{16,}|\bkey-[\da-f]{24,}/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
];

/** Behind them stands a credential: of a header, a URL (RFC 3986 3.2.1). */
const BEHIND = [
  /\b(?:bearer|basic|digest|negotiate)\s+([\w.~+/=-]{6,})/gi,
  /:\/\/([^\s/?#@"'<>\\]{1,256}:[^\s/?#@"'<>\\]{0,256})@/g,
];

/** A name that ends so, then a value: in JSON, a form, a query, a cookie, YAML; or an element of XML. */
const NAMED =
  /(?<![\w-])["']?(?:[\w.-]{0,40}?)(token|secret|api[_-]?key|access[_-]?key|private[_-]?key|signing[_-]?key|auth[_-]?key|credentials?|session[_-]?id|sessid|jwt|csrf|xsrf|authorization)["']?\]?\s{0,4}[:=]\s{0,4}["']?([^\s"'&,;<>{}()[\]\\]{8,})/gi;
const PASSWORDS =
  /(?<![\w-])["']?(?:[\w.-]{0,40}?)(password|passwd|passphrase|pwd)["']?\]?\s{0,4}[:=]\s{0,4}(?:"((?:[^"\\]|\\.)+)"|'([^']+)'|([^\s"'&,;<>{}[\]]+))/gi;
const ELEMENTS =
  /<([\w:.-]{0,40}(?:token|secret|api-?_?key|password|passwd|credentials?|private-?_?key))(?:\s[^<>]{0,200})?>([^<]+)</gi;

/** Tokens, keys and passwords: by how they start, or by what they are called. */
export function findTokens(text: string): Edit[] {
  const edits: Edit[] = [];
  const hide = (from: number, value: string) =>
    edits.push({ from, to: from + value.length, why: "token" });
  for (const pattern of MARKED) {
    for (const found of text.matchAll(pattern)) hide(found.index, found[0]);
  }
  for (const pattern of [...BEHIND, NAMED, PASSWORDS, ELEMENTS]) {
    for (const found of text.matchAll(pattern)) {
      const value = found.slice(1).findLast((group) => group !== undefined) ?? "";
      if (pattern === NAMED && !isRandom(value)) continue;
      // It is the last that the pattern reads, but for one closing sign.
      hide(found.index + found[0].lastIndexOf(value), value);
    }
  }
  return edits;
}

/** No word, name or number of a few digits: `token_type=bearer_token` names none. */
const isRandom = (value: string) =>
  value.length >= 20 ||
  (/\d/.test(value) && /[a-z]/i.test(value)) ||
  /^\d{8,}$/.test(value) ||
  /[a-z][A-Z]/.test(value);

/** Headers whose whole value is a credential. */
const CREDENTIALS =
  /^(?:(?:proxy-)?authorization|cookie2?|set-cookie2?|x-api-key|api-key|apikey|x-amz-security-token|x-telegram-bot-api-secret-token|x-goog-channel-token)$|(?:token|secret|password|api-?key|access-?key|session-?id)$/i;

export const isCredentialHeader = (name: string): boolean => CREDENTIALS.test(name);

/** Where in such a header's value its credential starts: behind the word for the way that it is used (RFC 9110 11.4). */
export const credentialAt = (value: string): number =>
  /^(?:bearer|basic|digest|token|negotiate|apikey|bot|aws4-hmac-sha256) +(?=\S)/i.exec(value)?.[0]
    .length ?? 0;
