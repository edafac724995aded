import type {
  ExplainedPart,
  SignatureExplanation,
  SignatureExplanations,
} from "../contract/explanations.ts";
import type { CapturedRequest } from "../contract/requests.ts";
import { HooklensError } from "../errors.ts";
import { type Explanation, explain as explainBy } from "../signatures/explain.ts";
import type { Secret, SignedRequest } from "../signatures/subject.ts";
import type { Part } from "../signatures/template.ts";
import { signatureOf } from "../signatures/verdict.ts";
import type { ManageParts } from "./parts.ts";

/** Each may hold the body several times, once for each secret. */
const AT_ONCE_MAX = 2;
const PART_BYTES_MAX = 16 * 1024;

export function createSignatureOperations({ store, vault }: ManageParts) {
  let running = 0;

  /**
   * What was signed, by what, with what outcome: for each scheme and each kept secret of whoever sent the request.
   * @throws request_not_found, no_room
   */
  async function explain(binId: string, id: string): Promise<SignatureExplanations> {
    if (running >= AT_ONCE_MAX) {
      throw new HooklensError("no_room", "Other signatures are being explained. Try again.", {
        retryAfterSeconds: 1,
      });
    }
    running += 1;
    try {
      const [request, body, secrets] = await Promise.all([
        store.requests.get(binId, id),
        store.requests.body(binId, id),
        vault.ofBin(binId),
      ]);
      if (!request || !body) {
        throw new HooklensError("request_not_found", "It was never here, or was removed since.");
      }
      return { items: await explainAll(request, body, secrets) };
    } finally {
      running -= 1;
    }
  }

  return { explain };
}

/** By the same choice of providers as it is judged by (lib/secrets/judge.ts). */
async function explainAll(
  request: CapturedRequest,
  body: Buffer,
  secrets: readonly Secret[],
): Promise<SignatureExplanation[]> {
  const signed = signedRequest(request, body);
  const own = request.provider?.id ?? null;
  if (own !== null && secrets.some(({ provider }) => provider === own)) {
    return toContract(own, await explainBy(signed, own, secrets));
  }
  const items: SignatureExplanation[] = [];
  for (const provider of new Set(secrets.map((secret) => secret.provider))) {
    const explained = await explainBy(signed, provider, secrets);
    const carried = explained.filter(({ verdict }) => verdict.reason !== "missing");
    items.push(...toContract(provider, carried));
  }
  if (items.length > 0 || own === null) return items;
  return toContract(own, await explainBy(signed, own, []));
}

const signedRequest = (request: CapturedRequest, body: Buffer): SignedRequest => ({
  method: request.method,
  url: request.url,
  headers: request.headers,
  body,
  isBodyWhole: !request.bodyTruncated && !request.bodyIncomplete,
  receivedAtMs: Date.parse(request.receivedAt),
});

function toContract(provider: string, explained: readonly Explanation[]): SignatureExplanation[] {
  return explained.map(({ claims, verdict, ...plain }) => ({
    ...plain,
    provider,
    claims: claims.map(({ messages, absent, received }) => ({
      messages: messages.map(({ parts, bytes, computed }) => ({
        parts: parts.map(toPart),
        size: bytes.length,
        computed,
      })),
      absent: [...absent],
      received: received.map((each) => ({ ...each })),
    })),
    verdict: signatureOf(verdict),
  }));
}

function toPart({ from, bytes }: Part): ExplainedPart {
  const isLeftOut = from === "body" || from === "secret" || bytes.length > PART_BYTES_MAX;
  return {
    from,
    size: bytes.length,
    base64: isLeftOut ? null : Buffer.from(bytes).toString("base64"),
  };
}
