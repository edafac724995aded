import type { CheckPlan } from "./check-plan.ts";
import { DECODED_ESCAPES, inputsOf } from "./inputs.ts";
import { nodeDigest } from "./node-digest.ts";
import { nodePublicKey } from "./node-public-key.ts";
import {
  digestLines,
  itemLines,
  listedLines,
  read,
  readBody,
  timeLines,
  valueLines,
} from "./node-request.ts";

/** The function `isGenuine({ header, method, url, body })`, on node:crypto alone. `setting`: that holds the secret or key. */
export function nodeCheck(plan: CheckPlan, setting: string): string {
  const { proof } = plan;
  const { imports, key, compare, helper } =
    proof.kind === "public-key"
      ? nodePublicKey(proof, plan, setting)
      : nodeDigest(proof, plan, setting);
  const named = plan.message.filter((part) => part.kind === "value");
  return [
    `import { ${[...(plan.digestInQuery ? ["createHash"] : []), ...imports].join(", ")} } from "node:crypto";`,
    "",
    ...key,
    "",
    "/** Whether the sender signed exactly these bytes. */",
    `function isGenuine({ ${inputsOf(plan).join(", ")} }) {`,
    ...readBody(plan),
    ...valueLines(plan.sources),
    ...itemLines(plan),
    ...timeLines(plan),
    ...digestLines(plan),
    ...named.flatMap(({ name, source }) => [
      `  const ${name} = ${read(source)};`,
      `  if (${name} === undefined) return false;`,
    ]),
    ...listedLines(plan),
    ...forEachUrl(plan, compare),
    "}",
    ...helper,
  ].join("\n");
}

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
