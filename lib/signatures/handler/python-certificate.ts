import { type CertificatePlan, conditions, paypalHeaders, snsFields } from "./certificate-plan.ts";

/** The function `is_genuine` for SNS, of `body`, and for PayPal, of `header, body`. `setting`: that holds the certificate. */
export const pythonCertificate = (plan: CertificatePlan, setting: string): string =>
  [
    "import base64",
    ...(plan.sender === "paypal" ? [] : ["import json"]),
    "import os",
    ...(plan.sender === "paypal" ? ["import zlib"] : []),
    "",
    ...keyLines(plan, setting),
    "",
    "",
    ...verifyLines(plan),
    ...(plan.sender === "paypal" ? paypalLines : snsLines(plan.version)),
  ].join("\n");

const PRIMITIVES = "cryptography.hazmat.primitives";

export const pythonCertificatePackages = [
  "# pip install cryptography",
  "from cryptography import x509",
  "from cryptography.exceptions import InvalidSignature",
  `from ${PRIMITIVES} import hashes`,
  `from ${PRIMITIVES}.asymmetric import padding`,
  `from ${PRIMITIVES}.serialization import load_pem_public_key`,
];

function keyLines({ sender }: CertificatePlan, setting: string): string[] {
  const { constant, form, beginning } = conditions[sender];
  return [
    `# A line with ${form}, then the certificate as PEM. The line ends may be written as \\n.`,
    `TEXT = os.environ["${setting}"].replace("\\\\n", "\\n")`,
    'before, start, after = TEXT.partition("-----BEGIN")',
    `${constant} = before.strip()${beginning && `.removeprefix("${beginning}")`}`,
    `if not ${constant} or not start:`,
    `    raise RuntimeError("${setting} must be ${form}, then the certificate")`,
    "PEM = (start + after).encode()",
    'is_certificate = PEM.startswith(b"-----BEGIN CERTIFICATE")',
    "KEY = x509.load_pem_x509_certificate(PEM).public_key() if is_certificate else load_pem_public_key(PEM)",
  ];
}

const verifyLines = ({ hash }: CertificatePlan) => [
  "def is_signed(signature, text):",
  "    try:",
  `        KEY.verify(base64.b64decode(signature), text.encode(), padding.PKCS1v15(), hashes.${hash.toUpperCase()}())`,
  "    except (InvalidSignature, ValueError):",
  "        return False",
  "    return True",
  "",
  "",
];

const paypalLines = [
  "def is_genuine(header, body):",
  '    """Whether the sender signed exactly these bytes, for this webhook."""',
  ...["transmission", "time", "signature"].map(
    (name, at) => `    ${name} = header(${JSON.stringify(paypalHeaders[at])})`,
  ),
  "    if not transmission or not time or not signature:",
  "        return False",
  '    return is_signed(signature, f"{transmission}|{time}|{WEBHOOK_ID}|{zlib.crc32(body)}")',
];

const snsLines = (version: string) => [
  "FIELDS = {",
  ...Object.entries(snsFields).map(
    ([type, names]) => `    "${type}": "${names.join(" ")}".split(),`,
  ),
  "}",
  "",
  "",
  "def is_genuine(body):",
  '    """Whether AWS signed these fields, for this topic: all topics have the same certificate."""',
  "    try:",
  "        message = json.loads(body)",
  "    except ValueError:",
  "        return False",
  "    if not isinstance(message, dict):",
  "        return False",
  '    fields = FIELDS.get(str(message.get("Type")))',
  `    if not fields or message.get("SignatureVersion") != "${version}" or message.get("TopicArn") != TOPIC:`,
  "        return False",
  "    there = {name for name, value in message.items() if isinstance(value, str)}",
  '    if not {"Signature", *fields} - {"Subject"} <= there:',
  "        return False",
  '    lines = {name: f"{name}\\n{message[name]}\\n" for name in fields if name in there}',
  "    # Of an UnsubscribeConfirmation the Token may not be signed.",
  '    without_token = "".join(line for name, line in lines.items() if name != "Token")',
  '    return any(is_signed(message["Signature"], text) for text in ("".join(lines.values()), without_token))',
];
