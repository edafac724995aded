/** In the order in which they are tried; the names are those of JSON Schema. */
const STRING_FORMATS = ["date-time", "date", "uuid", "email", "uri", "ipv4", "ipv6"] as const;
export type StringFormat = (typeof STRING_FORMATS)[number];

const LONGEST = 2_048;

/** RFC 3339, which wants an offset; seconds of 60 are left out, since no parser of ours takes them. */
const DATE = String.raw`\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
const TIME = String.raw`(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)`;
const PATH = "(?:[a-z0-9._~:/?@!$&'()*+,;=-]|%[0-9a-f]{2})*";
const BYTE = String.raw`(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`;

const patterns: Record<Exclude<StringFormat, "ipv6">, RegExp> = {
  "date-time": new RegExp(`^${DATE}T${TIME}$`),
  date: new RegExp(`^${DATE}$`),
  /** RFC 9562: a version from 1 to 8, and its variant. */
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i,
  email: /^[a-z0-9]+(?:[._+-][a-z0-9]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,24}$/i,
  uri: new RegExp(
    `^https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\\d{1,5})?(?:[/?]${PATH})?(?:#${PATH})?$`,
    "i",
  ),
  ipv4: new RegExp(String.raw`^(?:${BYTE}\.){3}${BYTE}$`),
};

/** Written out with all eight groups, or with one `::`. */
const IPV6 =
  /^(?:(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?=(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}$)(?:(?:[0-9a-f]{1,4}:)*[0-9a-f]{1,4})?::(?:(?:[0-9a-f]{1,4}:)*[0-9a-f]{1,4})?)$/i;

/** The format that a text has, stricter than validators are: whatever is called so here passes their checks. */
export function formatOf(text: string): StringFormat | null {
  if (text.length < 2 || text.length > LONGEST) return null;
  return STRING_FORMATS.find((format) => fits(text, format)) ?? null;
}

function fits(text: string, format: StringFormat): boolean {
  if (format === "ipv6") return text.length <= 39 && IPV6.test(text);
  if (!patterns[format].test(text)) return false;
  if (format === "date" || format === "date-time") return isDay(text.slice(0, 10));
  return format !== "uri" || URL.canParse(text);
}

/** Not the 30th of February: the day is the same again when it is read. */
function isDay(day: string): boolean {
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}
