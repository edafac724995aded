import type { CheckPlan, MessagePart, Source } from "./check-plan.ts";
import { DECODED_ESCAPES, inputsOf, sourcesOf } from "./inputs.ts";

const hashNames = { "SHA-1": "sha1", "SHA-256": "sha256", "SHA-512": "sha512" };

const quoted = (text: string): string => JSON.stringify(text);

/** The function `is_genuine(header, method, url, body)`, on the standard library alone. `secretName`: of the setting. */
export function pythonCheck(plan: CheckPlan, secretName: string): string {
  const { proof, signature, message } = plan;
  const kinds = new Set(sourcesOf(plan).map(({ kind }) => kind));
  const named = message.filter((part) => part.kind === "value");
  return [
    ...importsOf(plan, kinds),
    "",
    `SECRET = os.environ["${secretName}"].encode()`,
    ...(proof.kind === "hmac" ? [`KEY = ${keyOf(proof.key)}`] : []),
    "",
    "",
    `def is_genuine(${inputsOf(plan).join(", ")}):`,
    '    """Whether the sender signed exactly these bytes."""',
    ...readBody(kinds),
    ...valueLines(plan.sources),
    ...itemLines(plan),
    ...timeLines(plan),
    ...named.flatMap(({ name, source }) => [
      `    ${snake(name)} = ${read(source)}`,
      `    if ${snake(name)} is None:`,
      "        return False",
    ]),
    ...forEachUrl(plan, [...computeLines(plan), ...compareLines(signature.encoding)]),
  ].join("\n");
}

function importsOf(
  { proof, signature, time, isUrlDecodedToo }: CheckPlan,
  kinds: ReadonlySet<string>,
): string[] {
  const form = time?.form;
  const key = "key" in proof ? proof.key : "";
  const usesBase64 = signature.encoding.startsWith("base64") || key.startsWith("whsec");
  const usesTime = form !== undefined && form.toleranceSeconds !== null;
  const dated = usesTime && (form.unit === "iso" || form.unit === "http");
  return [
    ...(usesBase64 ? ["import base64"] : []),
    ...(proof.kind === "equal" ? [] : ["import hashlib"]),
    "import hmac",
    ...(kinds.has("json") ? ["import json"] : []),
    "import os",
    ...(isUrlDecodedToo ? ["import re"] : []),
    ...(usesTime ? ["import time as clock"] : []),
    ...(dated && form.unit === "iso" ? ["from datetime import datetime"] : []),
    ...(dated && form.unit === "http" ? ["from email.utils import parsedate_to_datetime"] : []),
    ...(kinds.has("form") ? ["from urllib.parse import parse_qs"] : []),
    ...(isUrlDecodedToo ? ["from urllib.parse import unquote"] : []),
  ];
}

function keyOf(recipe: string): string {
  const decoded = 'base64.b64decode(SECRET.removeprefix(b"whsec_") + b"==")';
  if (recipe === "whsec-base64") return decoded;
  if (recipe === "hex") return "bytes.fromhex(SECRET.decode())";
  if (recipe === "whsec-base64-or-text") {
    return `${decoded} if SECRET.startswith(b"whsec_") else SECRET`;
  }
  return "SECRET";
}

function readBody(kinds: ReadonlySet<string>): string[] {
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
    ...(kinds.has("form") ? ["    form = parse_qs(body.decode())"] : []),
  ];
}

function read(source: Source): string {
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
const valueLines = (sources: readonly Source[]): string[] => [
  `    values = [value for value in (${sources.map(read).join(", ")},) if isinstance(value, str)]`,
];

function itemLines({ signature, time, message }: CheckPlan): string[] {
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

function timeLines({ time }: CheckPlan): string[] {
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

function computeLines({ proof, message }: CheckPlan): string[] {
  if (proof.kind === "equal") return ["    expected = SECRET"];
  const signed = message.map(bytesOf).join(" + ");
  const hash = `hashlib.${hashNames[proof.hash]}`;
  return proof.kind === "hmac"
    ? [`    signed = ${signed}`, `    expected = hmac.new(KEY, signed, ${hash}).digest()`]
    : [`    expected = ${hash}(${signed}).digest()`];
}

function bytesOf(part: MessagePart): string {
  if (part.kind === "body") return "body";
  if (part.kind === "secret") return "SECRET";
  if (part.kind === "text") return `b${quoted(part.text)}`;
  return `${part.kind === "value" ? snake(part.name) : part.kind}.encode()`;
}

function compareLines(encoding: CheckPlan["signature"]["encoding"]): string[] {
  const written = {
    hex: "expected.hex().encode()",
    base64: "base64.b64encode(expected)",
    base64url: "base64.urlsafe_b64encode(expected)",
    text: "expected",
  }[encoding];
  // Padding is left out by some, and hex digits are written in either case.
  const alike = encoding === "hex" ? ".lower()" : encoding === "text" ? "" : '.rstrip("=")';
  const plain = encoding.startsWith("base64") ? `${written}.rstrip(b"=")` : written;
  return [
    `    written = ${plain}`,
    `    return any(hmac.compare_digest(each${alike}.encode(), written) for each in signatures)`,
  ];
}

/** The same lines once more with the URL's other form, where that may be what was signed. */
function forEachUrl({ isUrlDecodedToo }: CheckPlan, lines: readonly string[]): string[] {
  const [last = "", ...before] = lines.toReversed();
  if (!isUrlDecodedToo) return [...lines];
  return [
    "    # Some of the URL's escapes may have been taken out before it was signed.",
    `    decoded = re.sub(r"${DECODED_ESCAPES}", lambda found: unquote(found[0]), url, flags=re.I)`,
    "    for url in (url, decoded):",
    ...before.toReversed().map((line) => `    ${line}`),
    `        if ${last.trim().replace(/^return /, "")}:`,
    "            return True",
    "    return False",
  ];
}

const snake = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
