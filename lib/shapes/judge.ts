import type { StringFormat } from "./formats.ts";
import type { NumberFacts, StringFacts } from "./shape.ts";
import { TAG_KEYS } from "./tags.ts";

/** A list of choices is believed only after so many samples. */
const CHOICE_SAMPLES_MIN = 10;
const CHOICES_MAX = 12;
/**
 * Good and Turing: the chance that the next value is a new one is about the share of samples whose value was seen only
 * there. Above this the list is not believed to be whole.
 */
const NEW_CHANCE_MAX = 0.1;

/** Words as a program chooses them: `in_progress`, `charge.succeeded`, `CREATED`, `User`. */
const CHOICE =
  /^(?:[a-z][a-z0-9]*(?:[_.:/-][a-z0-9]+)*|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*|[A-Z][a-z]+)$/;

/** What names, identifies or describes is open, however few different ones were seen. */
const OPEN_KEY =
  /(?:^|[_.-])(?:id|ids|uid|uuid|guid|sha|ref|refs|key|token|secret|hash|name|names|login|user|username|handle|email|mail|url|uri|href|link|path|title|label|slug|text|body|message|subject|description|desc|note|notes|comment|address|city|street|line1|line2|phone|zip|domain|host|branch|tag|version|before|after|password|signature|cursor|avatar|image|company|first|last|memo|code|number|sender|author|owner|assignee|reason_text|topic_name|repository|org|organization|bio|blog|location|homepage|language|labels|tags|topics|words|keywords)$|(?:Id|Name|Url|Uri|Key|Token|Title|Text|Email|Sha|Hash|Path|Login)$/i;

/** The values that seem to be all that there are; null when more are to be expected. */
export function valuesOf(
  { count, values, formats }: StringFacts,
  samples: number,
  key: string,
): string[] | null {
  if (!values || samples < CHOICE_SAMPLES_MIN || values.size > CHOICES_MAX) return null;
  if (formats.size > 0 || ![...values.keys()].every((value) => CHOICE.test(value))) return null;
  const isTag = (TAG_KEYS as readonly string[]).includes(key);
  if (!isTag && (values.size < 2 || OPEN_KEY.test(key))) return null;
  const once = [...values.values()].filter((seen) => seen === 1).length;
  return count > 0 && once / samples <= NEW_CHANCE_MAX ? [...values.keys()].sort() : null;
}

/** The format that all texts have. */
export function formatOfAll({ count, formats }: StringFacts): StringFormat | null {
  for (const [format, having] of formats) if (having === count) return format;
  return null;
}

const TIME_KEY =
  /(?:^|_)(?:at|on|time|timestamp|ts|date|created|updated|modified|expires|expiry|exp|iat|nbf|start|end|since|until|from|to|due|canceled|cancelled|started|ended|pushed|period_start|period_end|anchor)$|(?:At|Time|Date|Timestamp|On)$/i;

/** By the name as well: a number of this size may be anything. */
export function unixUnitOf(
  { count, seconds, milliseconds }: NumberFacts,
  key: string,
): "seconds" | "milliseconds" | null {
  if (!TIME_KEY.test(key)) return null;
  if (seconds === count) return "seconds";
  return milliseconds === count ? "milliseconds" : null;
}
