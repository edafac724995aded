import { nodeKeys, pythonKeyImports, pythonKeys } from "./fetched-keys.ts";
import type { WrittenCheck } from "./written-check.ts";

/** docs.fal.ai, "Verifying your webhook", has the URL; lib/signatures/canonical/fal.ts the rules. */
const published = { url: "https://rest.fal.ai/.well-known/jwks.json", kty: "OKP" } as const;
const USER = "FAL_AI_USER_ID";
const SECONDS_MAX = 300;
const quoted = ["request-id", "user-id", "timestamp", "signature"]
  .map((name) => `"x-fal-webhook-${name}"`)
  .join(", ");

export const fal: WrittenCheck = {
  inputs: ["header", "body"],
  asks: {
    about: `The keys are fal's, fetched from rest.fal.ai; ${USER} is your user ID: fal signs for all its users with them.`,
  },
  packages: [
    "# pip install cryptography",
    "from cryptography.exceptions import InvalidSignature",
    "from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey",
  ],
  javascript: () => [
    'import { createHash, createPublicKey, verify } from "node:crypto";',
    "",
    `const USER_ID = process.env.${USER};`,
    `if (!USER_ID) throw new Error("${USER} is not set");`,
    ...nodeKeys(published),
    "",
    "/** Whether the sender signed exactly these bytes, for this user. */",
    "async function isGenuine({ header, body }) {",
    `  const names = [${quoted}];`,
    "  const [id, user, time, signature] = names.map((name) => header(name));",
    "  if (!id || !time || !signature || user !== USER_ID) return false;",
    "  // Written so that a time that is none is refused too.",
    `  if (!(Math.abs(Date.now() / 1000 - Number(time)) <= ${SECONDS_MAX})) return false;`,
    '  const digest = createHash("sha256").update(body).digest("hex");',
    "  const signed = Buffer.from(`${id}\\n${user}\\n${time}\\n${digest}`);",
    '  return fitsSomeKey(({ key }) => verify(null, signed, key, Buffer.from(signature, "hex")));',
    "}",
  ],
  python: () => [
    ...pythonKeyImports,
    "",
    `USER_ID = os.environ["${USER}"]`,
    ...pythonKeys(published, 'Ed25519PublicKey.from_public_bytes(decode(jwk["x"]))'),
    "",
    "",
    "def is_genuine(header, body):",
    '    """Whether the sender signed exactly these bytes, for this user."""',
    `    names = (${quoted})`,
    "    request, user, time, signature = [header(name) for name in names]",
    "    if not request or not time or not signature or user != USER_ID:",
    "        return False",
    "    try:",
    `        if not abs(clock.time() - float(time)) <= ${SECONDS_MAX}:`,
    "            return False",
    "        received = bytes.fromhex(signature)",
    "    except ValueError:",
    "        return False",
    '    signed = f"{request}\\n{user}\\n{time}\\n{hashlib.sha256(body).hexdigest()}".encode()',
    "",
    "    def fits(_, key):",
    "        try:",
    "            key.verify(received, signed)",
    "        except InvalidSignature:",
    "            return False",
    "        return True",
    "",
    "    return fits_some_key(fits)",
  ],
};
