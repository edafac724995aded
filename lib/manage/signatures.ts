import type {
  SignatureDiagnosis,
  SignatureExplanation,
  SignatureExplanations,
} from "../contract/explanations.ts";
import type { CapturedRequest } from "../contract/requests.ts";
import { HooklensError } from "../errors.ts";
import { diagnose } from "../signatures/doctor/diagnose.ts";
import { explain as explainBy } from "../signatures/explain.ts";
import type { Secret, SignedRequest } from "../signatures/subject.ts";
import { toldExplanation } from "../signatures/told.ts";
import { URL_CHECK } from "../signatures/verdict.ts";
import type { ManageParts } from "./parts.ts";

/** Each may hold the body several times, once for each secret. */
const AT_ONCE_MAX = 2;

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
      const signed = signedRequest(request, body);
      const items = await explainAll(request, signed, secrets);
      return { items, diagnosis: await diagnosisOf(signed, items, secrets) };
    } finally {
      running -= 1;
    }
  }

  return { explain };
}

/** By the same choice of providers as it is judged by (lib/secrets/judge.ts). */
async function explainAll(
  request: CapturedRequest,
  signed: SignedRequest,
  secrets: readonly Secret[],
): Promise<SignatureExplanation[]> {
  const own = request.provider?.id ?? null;
  if (own !== null && secrets.some(({ provider }) => provider === own)) {
    const isUrlCheck = request.signature.reason === URL_CHECK;
    const explained = await explainBy(signed, own, secrets);
    return explained.map((each) => toldExplanation(own, each, isUrlCheck));
  }
  const items: SignatureExplanation[] = [];
  for (const provider of new Set(secrets.map((secret) => secret.provider))) {
    const explained = await explainBy(signed, provider, secrets);
    const carried = explained.filter(({ verdict }) => verdict.reason !== "missing");
    items.push(...carried.map((each) => toldExplanation(provider, each)));
  }
  if (items.length > 0 || own === null) return items;
  return (await explainBy(signed, own, [])).map((each) => toldExplanation(own, each));
}

const signedRequest = (request: CapturedRequest, body: Buffer): SignedRequest => ({
  method: request.method,
  url: request.url,
  headers: request.headers,
  body,
  isBodyWhole: !request.bodyTruncated && !request.bodyIncomplete,
  receivedAtMs: Date.parse(request.receivedAt),
});

/** Of whoever's schemes it carries, when it is not verified by any. */
async function diagnosisOf(
  signed: SignedRequest,
  items: readonly SignatureExplanation[],
  secrets: readonly Secret[],
): Promise<SignatureDiagnosis | null> {
  const isFine = items.some(
    ({ verdict, outrankedBy }) =>
      verdict.status === "verified" && verdict.reason === null && outrankedBy === null,
  );
  const [failed] = items.filter(
    ({ secretId, verdict }) => secretId !== null && verdict.reason !== URL_CHECK,
  );
  return isFine || !failed ? null : diagnose(signed, failed.provider, secrets);
}
