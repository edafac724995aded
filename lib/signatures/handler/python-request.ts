import type { CheckPlan, Source } from "./check-plan.ts";
import { sourcesOf } from "./inputs.ts";

const quoted = (text: string): string => JSON.stringify(text);

/** What the check reads out of the body before all else. */
export function readBody(plan: CheckPlan): string[] {
  const kinds = new Set(sourcesOf(plan).map(({ kind }) => kind));
  const fields = plan.message.find((part) => part.kind === "fields");
  return [
    ...(kinds.has("json")
      ? [
          "    try:",
          "        fields = json.loads(body)",
          "    except ValueError:",
          "        return False",
          "    if not isinstance(fields, dict):",
          "        return False",
        ]
      : []),
    ...(kinds.has("form") ? ['    form = parse_qs(body.decode(errors="replace"))'] : []),
    ...(fields ? fieldLines(fields.repeated) : []),
  ];
}

function fieldLines(repeated: "each different" | "last"): string[] {
  const values = repeated === "last" ? "values[-1:]" : "sorted(set(values))";
  return [
    '    form = parse_qs(body.decode(errors="replace"), keep_blank_values=True)',
    '    sorted_fields = "".join(',
    `        name + value for name, values in sorted(form.items()) for value in ${values}`,
    "    )",
  ];
}

/** An expression; None where there is no such value. */
export function read(source: Source): string {
  switch (source.kind) {
    case "header":
      return `header(${quoted(source.name)})`;
    case "form":
      return `form.get(${quoted(source.name)}, [None])[0]`;
    case "json":
      return `fields${source.path.map((step, at) => `.get(${quoted(step)}${at < source.path.length - 1 ? ", {}" : ""})`).join("")}`;
    case "item":
      return `next((item[${source.beginning.length}:] for item in items if item.startswith(${quoted(source.beginning)})), None)`;
  }
}

/** Where several places may hold a signature, any of them counts. */
export const valueLines = (sources: readonly Source[]): string[] => [
  `    values = [value for value in (${sources.map(read).join(", ")},) if isinstance(value, str)]`,
];

export function itemLines({ signature, time, message }: CheckPlan): string[] {
  const { separator, prefix = "" } = signature;
  const usesItems =
    separator !== undefined ||
    [...(time?.sources ?? []), ...message].some((each) => "beginning" in each);
  const by = quoted((separator ?? ",").trim() || " ");
  return [
    usesItems
      ? `    items = [item.strip() for value in values for item in value.split(${by})]`
      : "    items = [value.strip() for value in values]",
    prefix === ""
      ? "    signatures = items"
      : `    signatures = [item[${prefix.length}:] for item in items if item.startswith(${quoted(prefix)})]`,
  ];
}

const stamps: Record<string, string> = {
  s: "float(time)",
  ms: "float(time) / 1000",
  iso: 'datetime.fromisoformat(time.replace("Z", "+00:00")).timestamp()',
  http: "parsedate_to_datetime(time).timestamp()",
};

export function timeLines({ time }: CheckPlan): string[] {
  if (!time) return [];
  const { toleranceSeconds, side, unit } = time.form;
  const age = side === "both" ? "abs(age_seconds)" : "age_seconds";
  const found = [
    `    time = ${time.sources.map(read).join(" or ")}`,
    "    if not time:",
    "        return False",
    "    time = str(time)",
  ];
  if (toleranceSeconds === null) return found;
  return [
    ...found,
    "    try:",
    `        age_seconds = clock.time() - ${stamps[unit]}`,
    "    except (TypeError, ValueError):",
    "        return False",
    `    if not ${age} <= ${toleranceSeconds}:`,
    "        return False",
  ];
}

/** Where the URL is signed and holds the digest of the body, which itself is not. */
export function digestLines({ digestInQuery }: CheckPlan): string[] {
  if (!digestInQuery) return [];
  return [
    "    # The URL is signed, and the digest of the body stands in it.",
    `    named = parse_qs(urlsplit(url).query).get(${quoted(digestInQuery)}, [""])[0].lower()`,
    "    digest = hashlib.sha256(body).hexdigest()",
    "    if not hmac.compare_digest(named.encode(), digest.encode()):",
    "        return False",
  ];
}

export function listedLines({ message }: CheckPlan): string[] {
  const listed = message.find((part) => part.kind === "listed");
  if (!listed) return [];
  return [
    "    # The values of the headers that are named, one that is not there as an empty one.",
    `    listed = ".".join(header(name) or "" for name in ${listed.by}.split(" "))`,
  ];
}
