import type { CheckPlan, MessagePart, Source } from "./check-plan.ts";
import { DECODED_ESCAPES, inputsOf, sourcesOf } from "./inputs.ts";

const hashNames = { "SHA-1": "sha1", "SHA-256": "sha256", "SHA-512": "sha512" };

const quoted = (text: string): string => JSON.stringify(text);

/** The function `isGenuine({ header, method, url, body })`, on node:crypto alone. `secretName`: of the setting. */
export function nodeCheck(plan: CheckPlan, secretName: string): string {
  const { proof, signature, message } = plan;
  const named = message.filter((part) => part.kind === "value");
  return [
    `import { ${importsOf(plan).join(", ")} } from "node:crypto";`,
    "",
    `const SECRET = process.env.${secretName};`,
    `if (!SECRET) throw new Error("${secretName} is not set");`,
    ...(proof.kind === "hmac" ? [`const KEY = ${keyOf(proof.key)};`] : []),
    "",
    "/** Whether the sender signed exactly these bytes. */",
    `function isGenuine({ ${inputsOf(plan).join(", ")} }) {`,
    ...readBody(plan),
    ...valueLines(plan.sources),
    ...itemLines(plan),
    ...timeLines(plan),
    ...named.flatMap(({ name, source }) => [
      `  const ${name} = ${read(source)};`,
      `  if (${name} === undefined) return false;`,
    ]),
    ...forEachUrl(plan, [...computeLines(plan), ...compareLines(signature.encoding)]),
    "}",
    "",
    "/** In a time that does not tell where they differ. */",
    "function isEqual(a, b) {",
    "  return a.length === b.length && timingSafeEqual(a, b);",
    "}",
  ].join("\n");
}

const compareLines = (encoding: keyof typeof encodings): string[] => [
  `  return signatures.some((each) => isEqual(Buffer.from(each, ${quoted(encodings[encoding])}), expected));`,
];

/** The same lines once more with the URL's other form, where that may be what was signed. */
function forEachUrl({ isUrlDecodedToo }: CheckPlan, lines: readonly string[]): string[] {
  if (!isUrlDecodedToo) return [...lines];
  return [
    "  // Some of the URL's escapes may have been taken out before it was signed.",
    `  const decoded = url.replace(/${DECODED_ESCAPES}/gi, decodeURIComponent);`,
    "  return [url, decoded].some((url) => {",
    ...lines.map((line) => `  ${line}`),
    "  });",
  ];
}

const encodings = { hex: "hex", base64: "base64", base64url: "base64url", text: "utf8" };

function importsOf({ proof }: CheckPlan): string[] {
  if (proof.kind === "hmac") return ["createHmac", "timingSafeEqual"];
  return proof.kind === "digest" ? ["createHash", "timingSafeEqual"] : ["timingSafeEqual"];
}

function keyOf(recipe: string): string {
  const decoded = 'Buffer.from(SECRET.replace(/^whsec_/, ""), "base64")';
  if (recipe === "whsec-base64") return decoded;
  if (recipe === "hex") return 'Buffer.from(SECRET, "hex")';
  if (recipe === "whsec-base64-or-text") {
    return `SECRET.startsWith("whsec_") ? ${decoded} : Buffer.from(SECRET)`;
  }
  return "Buffer.from(SECRET)";
}

function readBody(plan: CheckPlan): string[] {
  const kinds = new Set(sourcesOf(plan).map(({ kind }) => kind));
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
    ...(kinds.has("form") ? ["  const form = new URLSearchParams(body.toString());"] : []),
  ];
}

function read(source: Source): string {
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
function valueLines(sources: readonly Source[]): string[] {
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

function itemLines(plan: CheckPlan): string[] {
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

function timeLines({ time }: CheckPlan): string[] {
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

function computeLines({ proof, message }: CheckPlan): string[] {
  if (proof.kind === "equal") return ["  const expected = Buffer.from(SECRET);"];
  const made =
    proof.kind === "hmac"
      ? `createHmac(${quoted(hashNames[proof.hash])}, KEY)`
      : `createHash(${quoted(hashNames[proof.hash])})`;
  const updates = joinTexts(message).map((argument) => `    .update(${argument})`);
  return [`  const expected = ${made}`, ...updates, "    .digest();"];
}

/** What is text goes into one template; the body stays bytes. */
function joinTexts(parts: readonly MessagePart[]): string[] {
  const groups: string[] = [];
  let text = "";
  const flush = () => {
    if (text !== "") groups.push(`\`${text}\``);
    text = "";
  };
  for (const part of parts) {
    if (part.kind === "body") {
      flush();
      groups.push("body");
    } else
      text += part.kind === "text" ? JSON.stringify(part.text).slice(1, -1) : `\${${nameIn(part)}}`;
  }
  flush();
  return groups;
}

function nameIn(part: Exclude<MessagePart, { kind: "text" | "body" }>): string {
  if (part.kind === "value") return part.name;
  return part.kind === "secret" ? "SECRET" : part.kind;
}
