import { percentDecode } from "#lib/contract/percent.ts";
import { hasControls } from "./printable.ts";

/** What may stand in a URL (RFC 3986 2): whoever escapes leaves no other character. */
const urlText = /^[\w\-.~!$&'()*+,;=:@/?#[\]%]+$/;
/** Letters and digits: nobody escapes them, so a % before their number is a percentage. */
const needless = /%(?:3[0-9]|4[1-9a-f]|5[0-9a]|6[1-9a-f]|7[0-9a])/i;

/** The text within URL encoding, or null where nothing, or something else, is written with %. A + stays a +. */
export function readPercentText(value: string): string | null {
  if (!/%[0-9a-f]{2}/i.test(value) || !urlText.test(value) || needless.test(value)) return null;
  const { text, broken, lossy } = percentDecode(value, false);
  return broken || lossy || hasControls(text) ? null : text;
}
