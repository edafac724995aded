import { LEEWAY_SECONDS, type TokenPlan } from "./token-plan.ts";

/** The function `is_genuine(header, body)` for a token. `setting`: that holds the secret or key. */
export function pythonToken(plan: TokenPlan, setting: string): string {
  const isSecret = plan.algorithm === "HS256";
  return [
    ...["base64", "hashlib", "hmac", "json", "os"].map((name) => `import ${name}`),
    "import time as clock",
    "",
    ...(isSecret ? secretLines(setting) : keyLines(plan, setting)),
    ...proofLines[plan.algorithm],
    ...(plan.digest
      ? [
          "def is_genuine(header, body):",
          '    """Whether the sender signed exactly these bytes."""',
        ]
      : [
          "def is_genuine(header):",
          '    """Whether the sender sent this. The token does not cover the body."""',
        ]),
    ...partLines(plan),
    "    try:",
    "        if not is_signed(decode(third), signed):",
    "            return False",
    "        # Only now is there something to believe.",
    "        head, claims = json.loads(decode(first)), json.loads(decode(second))",
    "    except ValueError:",
    "        return False",
    `    if head.get("alg") != "${plan.algorithm}":`,
    "        return False",
    ...timeLines(plan),
    ...digestLines(plan),
  ].join("\n");
}

const PRIMITIVES = "cryptography.hazmat.primitives";

/** The package that does what Python's own library can't. */
export function pythonTokenPackages({ algorithm }: TokenPlan): string[] {
  if (algorithm === "HS256") return [];
  const load = `from ${PRIMITIVES}.serialization import load_der_public_key, load_pem_public_key`;
  return [
    "# pip install cryptography",
    "from cryptography.exceptions import InvalidSignature",
    `from ${PRIMITIVES} import hashes`,
    `from ${PRIMITIVES}.asymmetric import ${algorithm === "ES256" ? "ec" : "padding"}`,
    ...(algorithm === "ES256"
      ? [`from ${PRIMITIVES}.asymmetric.utils import encode_dss_signature`]
      : []),
    load,
  ];
}

const decodeLines = [
  "def decode(part):",
  '    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))',
  "",
  "",
];

const secretLines = (setting: string) => [
  `SECRET = os.environ["${setting}"].encode()`,
  "",
  "",
  ...decodeLines,
];

function keyLines({ algorithm }: TokenPlan, setting: string): string[] {
  const jwk = [
    '    if text.startswith("{"):',
    "        jwk = json.loads(text)",
    '        x, y = (int.from_bytes(decode(jwk[name]), "big") for name in ("x", "y"))',
    "        return ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()",
  ];
  return [
    "",
    ...decodeLines,
    "def load(text):",
    ...(algorithm === "ES256" ? jwk : []),
    '    if text.startswith("-----"):',
    '        return load_pem_public_key(text.replace("\\\\n", "\\n").encode())',
    "    return load_der_public_key(base64.b64decode(text))",
    "",
    "",
    `# ${algorithm === "ES256" ? "A JWK, PEM" : "PEM"} (its line ends as they are or as \\n), or base64`,
    `KEY = load(os.environ["${setting}"])`,
    "",
    "",
  ];
}

const verified = (...lines: string[]) => [
  "def is_signed(signature, signed):",
  "    try:",
  ...lines,
  "    except InvalidSignature:",
  "        return False",
  "    return True",
  "",
  "",
];

const proofLines: Record<TokenPlan["algorithm"], string[]> = {
  HS256: [
    "def is_signed(signature, signed):",
    "    return hmac.compare_digest(signature, hmac.new(SECRET, signed, hashlib.sha256).digest())",
    "",
    "",
  ],
  RS256: verified("        KEY.verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())"),
  ES256: verified(
    "        if len(signature) != 64:",
    "            return False",
    "        # A token has the two numbers side by side (RFC 7518, 3.4), the package takes them as DER.",
    '        r, s = (int.from_bytes(half, "big") for half in (signature[:32], signature[32:]))',
    "        KEY.verify(encode_dss_signature(r, s), signed, ec.ECDSA(hashes.SHA256()))",
  ),
};

const partLines = ({ header, prefix }: TokenPlan) => [
  `    value = header(${JSON.stringify(header)}) or ""`,
  ...(prefix ? [`    if not value.startswith("${prefix}"):`, "        return False"] : []),
  `    parts = value${prefix && `[${prefix.length}:]`}.strip().split(".")`,
  "    if len(parts) != 3:",
  "        return False",
  "    first, second, third = parts",
  '    signed = f"{first}.{second}".encode()',
];

function timeLines({ issued }: TokenPlan): string[] {
  const lines = [
    "    now = clock.time()",
    '    ends = claims.get("exp", now)',
    `    if not isinstance(ends, (int, float)) or now > ends + ${LEEWAY_SECONDS}:`,
    "        return False",
  ];
  if (!issued) return lines;
  const { claim, toleranceSeconds, side } = issued;
  const age = side === "both" ? "abs(now - issued)" : "now - issued";
  return [
    ...lines,
    `    issued = claims.get("${claim}")`,
    `    if not isinstance(issued, (int, float)) or ${age} > ${toleranceSeconds}:`,
    "        return False",
  ];
}

/** Padding is left out by some, and hex digits are written in either case. */
function digestLines({ digest }: TokenPlan): string[] {
  if (!digest) return ["    return True"];
  const { claim, encoding } = digest;
  const [alike, written] =
    encoding === "hex"
      ? [".lower()", "hashlib.sha256(body).hexdigest().encode()"]
      : ['.rstrip("=")', 'base64.b64encode(hashlib.sha256(body).digest()).rstrip(b"=")'];
  return [
    `    given = str(claims.get("${claim}"))${alike}.encode()`,
    `    return hmac.compare_digest(given, ${written})`,
  ];
}
