/** A set of public keys (RFC 7517) that its sender publishes, and changes. */
type PublishedKeys = {
  url: string;
  /** Of the keys that count. */
  kty: "OKP" | "RSA";
};

/** The most of what an answer may allow, and what counts where it says nothing; in seconds. */
const KEPT_SECONDS_MAX = 86_400;
const KEPT_SECONDS = 3_600;
/** Whoever sends a signature that is none makes the handler ask; not more often than this. */
const ASKED_SECONDS_MIN = 60;
const PATIENCE_SECONDS = 5;

/** The function `fitsSomeKey`, which is given one that looks at a key and its id. */
export const nodeKeys = ({ url, kty }: PublishedKeys): string[] => [
  `const KEYS_URL = "${url}";`,
  "let kept = { keys: [], askedMs: 0, untilMs: 0 };",
  "let asking = null;",
  "",
  "/**",
  " * Whether one of the sender's keys fits. They are kept for as long as the sender allows. For one that is not among them it is",
  " * asked again, once a minute at most. When it can't be asked this throws: the answer is then no 401, and the sender comes again.",
  " */",
  "async function fitsSomeKey(fits) {",
  "  if (Date.now() < kept.untilMs && kept.keys.some(fits)) return true;",
  `  if (Date.now() - kept.askedMs > ${ASKED_SECONDS_MIN}_000) {`,
  "    asking ??= askForKeys().finally(() => {",
  "      asking = null;",
  "    });",
  "    await asking;",
  "  }",
  "  return kept.keys.some(fits);",
  "}",
  "",
  "async function askForKeys() {",
  `  const answer = await fetch(KEYS_URL, { signal: AbortSignal.timeout(${PATIENCE_SECONDS}_000) });`,
  "  if (!answer.ok) throw new Error(`${KEYS_URL} answered ${answer.status}`);",
  "  const { keys } = await answer.json();",
  '  const allowed = /max-age=(\\d+)/.exec(answer.headers.get("cache-control") ?? "");',
  `  const seconds = Math.min(Number(allowed?.[1] ?? ${KEPT_SECONDS}), ${KEPT_SECONDS_MAX});`,
  "  kept = {",
  "    keys: keys",
  `      .filter(({ kty }) => kty === "${kty}")`,
  '      .map((jwk) => ({ id: jwk.kid, key: createPublicKey({ key: jwk, format: "jwk" }) })),',
  "    askedMs: Date.now(),",
  "    untilMs: Date.now() + seconds * 1000,",
  "  };",
  "}",
];

/** The function `fits_some_key`; `made`: an expression of the key of `jwk`. */
export const pythonKeys = ({ url, kty }: PublishedKeys, made: string): string[] => [
  `KEYS_URL = "${url}"`,
  'kept = {"keys": [], "asked": 0.0, "until": 0.0}',
  "asking = threading.Lock()",
  "",
  "",
  "def decode(part):",
  '    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))',
  "",
  "",
  "def fits_some_key(fits):",
  '    """Whether one of the sender\'s keys fits. They are kept for as long as the sender allows. For one that is not among',
  "    them it is asked again, once a minute at most. When it can't be asked this raises: the answer is then no 401, and the",
  '    sender comes again."""',
  '    if clock.time() < kept["until"] and any(fits(*each) for each in kept["keys"]):',
  "        return True",
  "    with asking:",
  `        if clock.time() - kept["asked"] > ${ASKED_SECONDS_MIN}:`,
  "            ask_for_keys()",
  '    return any(fits(*each) for each in kept["keys"])',
  "",
  "",
  "def ask_for_keys():",
  `    with urlopen(KEYS_URL, timeout=${PATIENCE_SECONDS}) as answer:`,
  '        given = [jwk for jwk in json.load(answer)["keys"] if jwk["kty"] == "' + `${kty}"]`,
  '        allowed = re.search(r"max-age=(\\d+)", answer.headers.get("Cache-Control") or "")',
  `    seconds = min(int(allowed[1]) if allowed else ${KEPT_SECONDS}, ${KEPT_SECONDS_MAX})`,
  "    now = clock.time()",
  `    kept.update(keys=[(jwk.get("kid"), ${made}) for jwk in given], asked=now, until=now + seconds)`,
];

export const pythonKeyImports = [
  "import base64",
  "import hashlib",
  "import json",
  "import os",
  "import re",
  "import threading",
  "import time as clock",
  "from urllib.request import urlopen",
];
