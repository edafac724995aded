import { LEEWAY_SECONDS, type TokenPlan } from "./token-plan.ts";

/** The function `isGenuine({ header, body })` for a token, on node:crypto alone. `setting`: that holds the secret or key. */
export function nodeToken(plan: TokenPlan, setting: string): string {
  const isSecret = plan.algorithm === "HS256";
  const names = [
    ...(plan.digest ? ["createHash"] : []),
    ...(isSecret
      ? ["createHmac", "timingSafeEqual"]
      : ["createPublicKey", "timingSafeEqual", "verify"]),
  ];
  return [
    `import { ${names.join(", ")} } from "node:crypto";`,
    "",
    ...(isSecret ? secretLines(setting) : keyLines(setting)),
    "",
    plan.digest
      ? "/** Whether the sender signed exactly these bytes. */"
      : "/** Whether the sender sent this. The token does not cover the body. */",
    `function isGenuine({ ${plan.digest ? "header, body" : "header"} }) {`,
    ...partLines(plan),
    ...(isSecret ? hmacLines : verifyLines),
    "  // Only now is there something to believe.",
    "  const [head, claims] = [readPart(first), readPart(second)];",
    `  if (head?.alg !== "${plan.algorithm}" || !claims) return false;`,
    ...timeLines(plan),
    ...digestLines(plan),
    "}",
    ...helper,
  ].join("\n");
}

const secretLines = (setting: string) => [
  `const SECRET = process.env.${setting};`,
  `if (!SECRET) throw new Error("${setting} is not set");`,
];

const keyLines = (setting: string) => [
  `const PUBLIC_KEY = process.env.${setting}; // a JWK, PEM (its line ends as they are or as \\n), or base64`,
  `if (!PUBLIC_KEY) throw new Error("${setting} is not set");`,
  "const KEY = createPublicKey(",
  '  PUBLIC_KEY.startsWith("{")',
  '    ? { key: JSON.parse(PUBLIC_KEY), format: "jwk" }',
  '    : PUBLIC_KEY.startsWith("-----")',
  '      ? PUBLIC_KEY.replaceAll("\\\\n", "\\n")',
  '      : { key: Buffer.from(PUBLIC_KEY, "base64"), format: "der", type: "spki" },',
  ");",
];

const partLines = ({ header, prefix }: TokenPlan) => [
  `  const value = header(${JSON.stringify(header)});`,
  `  if (typeof value !== "string"${prefix && ` || !value.startsWith("${prefix}")`}) return false;`,
  `  const [first, second, third, ...more] = value${prefix && `.slice(${prefix.length})`}.trim().split(".");`,
  "  if (!third || more.length > 0) return false;",
  '  const signature = Buffer.from(third, "base64url");',
  "  const signed = Buffer.from(`${first}.${second}`);",
];

const hmacLines = [
  '  const expected = createHmac("sha256", SECRET).update(signed).digest();',
  "  if (!isEqual(signature, expected)) return false;",
];

/** RFC 7518, 3.4: the two numbers of ECDSA stand side by side; an RSA key takes no notice of it. */
const verifyLines = [
  '  const key = { key: KEY, dsaEncoding: "ieee-p1363" };',
  '  if (!verify("sha256", signed, key, signature)) return false;',
];

function timeLines({ issued }: TokenPlan): string[] {
  const end = `  if (claims.exp !== undefined && !(now <= claims.exp + ${LEEWAY_SECONDS})) return false;`;
  const lines = ["  const now = Date.now() / 1000;", end];
  if (!issued) return lines;
  const at = `claims.${issued.claim}`;
  const age = issued.side === "both" ? `Math.abs(now - ${at})` : `now - ${at}`;
  return [
    ...lines,
    "  // Written so that a time that is none is refused too.",
    `  if (!(${age} <= ${issued.toleranceSeconds})) return false;`,
  ];
}

function digestLines({ digest }: TokenPlan): string[] {
  if (!digest) return ["  return true;"];
  return [
    '  const digest = createHash("sha256").update(body).digest();',
    `  return isEqual(Buffer.from(String(claims.${digest.claim}), "${digest.encoding}"), digest);`,
  ];
}

/** The function `readPart`, which a token's first two parts go through. */
export const nodeReadPart = [
  "/** The object of a token's part; null for what is none. */",
  "function readPart(part) {",
  "  try {",
  '    return JSON.parse(Buffer.from(part, "base64url").toString());',
  "  } catch {",
  "    return null;",
  "  }",
  "}",
];

const helper = [
  "",
  ...nodeReadPart,
  "",
  "/** In a time that does not tell where they differ. */",
  "function isEqual(a, b) {",
  "  return a.length === b.length && timingSafeEqual(a, b);",
  "}",
];
