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
          "  let json;",
          "  try {",
          "    json = JSON.parse(body.toString());",
          "  } catch {",
          "    return false;",
          "  }",
        ]
      : []),
    ...(kinds.has("form") || fields
      ? ["  const form = new URLSearchParams(body.toString());"]
      : []),
    ...(fields ? fieldLines(fields.repeated) : []),
  ];
}

function fieldLines(repeated: "each different" | "last"): string[] {
  const values =
    repeated === "last" ? "[form.getAll(name).at(-1)]" : "[...new Set(form.getAll(name))].sort()";
  return [
    "  const sortedFields = [...new Set(form.keys())]",
    "    .sort()",
    `    .flatMap((name) => ${values}.map((value) => name + value))`,
    '    .join("");',
  ];
}

/** An expression; undefined where there is no such value. */
export function read(source: Source): string {
  switch (source.kind) {
    case "header":
      return `header(${quoted(source.name)})`;
    case "form":
      return `(form.get(${quoted(source.name)}) ?? undefined)`;
    case "json":
      return `json${source.path.map((step) => `?.${step}`).join("")}`;
    case "item":
      return `items.find((item) => item.startsWith(${quoted(source.beginning)}))?.slice(${source.beginning.length})`;
  }
}

/** Where several places may hold a signature, any of them counts. */
export function valueLines(sources: readonly Source[]): string[] {
  const [only] = sources;
  if (sources.length === 1 && only) {
    return [
      `  const value = ${read(only)};`,
      '  if (typeof value !== "string" || value === "") return false;',
    ];
  }
  return [
    `  const values = [${sources.map(read).join(", ")}].filter((each) => typeof each === "string");`,
    "  if (values.length === 0) return false;",
  ];
}

const whole = (sources: readonly Source[]) => (sources.length === 1 ? "value" : 'values.join(",")');

export function itemLines(plan: CheckPlan): string[] {
  const { signature, time, message } = plan;
  const { separator, prefix = "" } = signature;
  const usesItems =
    separator !== undefined ||
    [...(time?.sources ?? []), ...message].some((each) => "beginning" in each);
  const all = usesItems
    ? [
        `  const items = ${whole(plan.sources)}.split(${quoted((separator ?? ",").trim() || " ")}).map((item) => item.trim());`,
      ]
    : [
        plan.sources.length === 1
          ? "  const items = [value.trim()];"
          : "  const items = values.map((value) => value.trim());",
      ];
  if (prefix === "") return [...all, "  const signatures = items;"];
  return [
    ...all,
    "  const signatures = items",
    `    .filter((item) => item.startsWith(${quoted(prefix)}))`,
    `    .map((item) => item.slice(${prefix.length}));`,
  ];
}

const seconds: Record<string, (time: string) => string> = {
  s: (time) => `Date.now() / 1000 - Number(${time})`,
  ms: (time) => `(Date.now() - Number(${time})) / 1000`,
  iso: (time) => `(Date.now() - Date.parse(${time})) / 1000`,
  http: (time) => `(Date.now() - Date.parse(${time})) / 1000`,
};

export function timeLines({ time }: CheckPlan): string[] {
  if (!time) return [];
  const { toleranceSeconds, side, unit } = time.form;
  const age = side === "both" ? "Math.abs(ageSeconds)" : "ageSeconds";
  return [
    `  const time = ${time.sources.map(read).join(" ?? ")};`,
    "  if (time === undefined) return false;",
    ...(toleranceSeconds === null
      ? []
      : [
          `  const ageSeconds = ${seconds[unit]?.("time")};`,
          "  // Written so that a time that is none is refused too.",
          `  if (!(${age} <= ${toleranceSeconds})) return false;`,
        ]),
  ];
}

/** Where the URL is signed and holds the digest of the body, which itself is not. */
export function digestLines({ digestInQuery }: CheckPlan): string[] {
  if (!digestInQuery) return [];
  return [
    "  // The URL is signed, and the digest of the body stands in it.",
    `  const named = new URLSearchParams(url.slice(url.indexOf("?") + 1)).get(${quoted(digestInQuery)}) ?? "";`,
    '  const digest = createHash("sha256").update(body).digest();',
    '  if (!isEqual(Buffer.from(named, "hex"), digest)) return false;',
  ];
}

export function listedLines({ message }: CheckPlan): string[] {
  const listed = message.find((part) => part.kind === "listed");
  if (!listed) return [];
  return [
    "  // The values of the headers that are named, one that is not there as an empty one.",
    `  const valueOf = (name) => (/^[\\w-]+$/.test(name) ? (header(name) ?? "") : "");`,
    `  const listed = ${listed.by}.split(" ").map(valueOf).join(".");`,
  ];
}
