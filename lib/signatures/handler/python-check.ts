import type { CheckPlan } from "./check-plan.ts";
import { DECODED_ESCAPES, inputsOf, sourcesOf } from "./inputs.ts";
import { pythonDigest } from "./python-digest.ts";
import { snake } from "./python-message.ts";
import type { PythonProof } from "./python-proof.ts";
import { pythonPublicKey } from "./python-public-key.ts";
import {
  digestLines,
  itemLines,
  listedLines,
  read,
  readBody,
  timeLines,
  valueLines,
} from "./python-request.ts";

/** The function `is_genuine(header, method, url, body)`. `setting`: that holds the secret or key. */
export function pythonCheck(plan: CheckPlan, setting: string): string {
  const { proof } = plan;
  const proven =
    proof.kind === "public-key"
      ? pythonPublicKey(proof, plan, setting)
      : pythonDigest(proof, plan, setting);
  const named = plan.message.filter((part) => part.kind === "value");
  return [
    ...importsOf(plan, proven),
    "",
    ...proven.key,
    "",
    "",
    ...proven.helper,
    `def is_genuine(${inputsOf(plan).join(", ")}):`,
    '    """Whether the sender signed exactly these bytes."""',
    ...readBody(plan),
    ...valueLines(plan.sources),
    ...itemLines(plan),
    ...timeLines(plan),
    ...digestLines(plan),
    ...named.flatMap(({ name, source }) => [
      `    ${snake(name)} = ${read(source)}`,
      `    if ${snake(name)} is None:`,
      "        return False",
    ]),
    ...listedLines(plan),
    ...forEachUrl(plan, proven.compare),
  ].join("\n");
}

/** Of the standard library, in the order of their names. */
function importsOf(plan: CheckPlan, { imports, usesBase64 }: PythonProof): string[] {
  const { time, isUrlDecodedToo, message } = plan;
  const kinds = new Set<string>([...sourcesOf(plan), ...message].map(({ kind }) => kind));
  const form = time?.form;
  const usesTime = form !== undefined && form.toleranceSeconds !== null;
  const dated = usesTime && (form.unit === "iso" || form.unit === "http");
  return [
    ...(usesBase64 ? ["import base64"] : []),
    ...imports,
    ...(kinds.has("json") ? ["import json"] : []),
    "import os",
    ...(isUrlDecodedToo ? ["import re"] : []),
    ...(usesTime ? ["import time as clock"] : []),
    ...(dated && form.unit === "iso" ? ["from datetime import datetime"] : []),
    ...(dated && form.unit === "http" ? ["from email.utils import parsedate_to_datetime"] : []),
    ...(kinds.has("form") || kinds.has("fields") ? ["from urllib.parse import parse_qs"] : []),
    ...(isUrlDecodedToo ? ["from urllib.parse import unquote"] : []),
    ...(plan.digestInQuery ? ["from urllib.parse import parse_qs, urlsplit"] : []),
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
