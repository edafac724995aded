import { type CertificatePlan, conditions, paypalHeaders, snsFields } from "./certificate-plan.ts";

/**
 * The function `isGenuine` for SNS, of `{ body }`, and for PayPal, of `{ header, body }`. `setting`: that holds the
 * certificate.
 */
export const nodeCertificate = (plan: CertificatePlan, setting: string): string =>
  [
    'import { createPublicKey, verify } from "node:crypto";',
    ...(plan.sender === "paypal"
      ? ['import { crc32 } from "node:zlib"; // from Node 20.15 and 22.2 on']
      : []),
    "",
    ...keyLines(plan, setting),
    "",
    ...(plan.sender === "paypal" ? paypalLines : snsLines(plan)),
  ].join("\n");

function keyLines({ sender }: CertificatePlan, setting: string): string[] {
  const { constant, form, beginning } = conditions[sender];
  return [
    `// A line with ${form}, then the certificate as PEM. The line ends may be written as \\n.`,
    `const TEXT = (process.env.${setting} ?? "").replaceAll("\\\\n", "\\n");`,
    'const start = TEXT.indexOf("-----BEGIN");',
    `const ${constant} = TEXT.slice(0, Math.max(start, 0)).trim()${beginning && `.replace(/^${beginning}/, "")`};`,
    `if (!${constant}) throw new Error("${setting} must be ${form}, then the certificate");`,
    "const KEY = createPublicKey(TEXT.slice(start));",
  ];
}

const paypalLines = [
  "/** Whether the sender signed exactly these bytes, for this webhook. */",
  "function isGenuine({ header, body }) {",
  ...["id", "time", "signature"].map(
    (name, at) => `  const ${name} = header(${JSON.stringify(paypalHeaders[at])});`,
  ),
  "  if (!id || !time || !signature) return false;",
  "  const signed = Buffer.from(`${id}|${time}|${WEBHOOK_ID}|${crc32(body)}`);",
  '  return verify("sha256", signed, KEY, Buffer.from(signature, "base64"));',
  "}",
];

const snsLines = ({ hash, version }: Extract<CertificatePlan, { sender: "aws-sns" }>) => [
  "const FIELDS = new Map([",
  ...Object.entries(snsFields).map(
    ([type, names]) => `  ["${type}", "${names.join(" ")}".split(" ")],`,
  ),
  "]);",
  "",
  "/** Whether AWS signed these fields, for this topic: all topics have the same certificate. */",
  "function isGenuine({ body }) {",
  "  let json;",
  "  try {",
  "    json = JSON.parse(body.toString());",
  "  } catch {",
  "    return false;",
  "  }",
  "  const fields = FIELDS.get(json?.Type);",
  `  if (!fields || json.SignatureVersion !== "${version}" || json.TopicArn !== TOPIC) return false;`,
  '  const isThere = (name) => typeof json[name] === "string";',
  '  if (!["Signature", ...fields].every((name) => name === "Subject" || isThere(name))) return false;',
  '  const signature = Buffer.from(json.Signature, "base64");',
  "  const isSigned = (names) => {",
  "    const lines = names.filter(isThere).map((name) => `${name}\\n${json[name]}\\n`);",
  `    return verify("${hash}", Buffer.from(lines.join("")), KEY, signature);`,
  "  };",
  "  // Of an UnsubscribeConfirmation the Token may not be signed.",
  '  return isSigned(fields) || isSigned(fields.filter((name) => name !== "Token"));',
  "}",
];
