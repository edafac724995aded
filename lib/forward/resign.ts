import type { Change } from "../contract/forwards.ts";
import type { DeliveryEdit } from "../contract/relay.ts";
import type { CapturedRequest } from "../contract/requests.ts";
import { HooklensError } from "../errors.ts";
import { providerName } from "../providers/providers.ts";
import { canSign } from "../signatures/can-sign.ts";
import { schemesOf } from "../signatures/schemes.ts";
import { type Signed, sign } from "../signatures/sign.ts";
import { SignError } from "../signatures/sign-error.ts";
import { signsUrl } from "../signatures/signs-url.ts";
import type { Secret } from "../signatures/subject.ts";
import { verify } from "../signatures/verify.ts";
import type { Draft } from "./draft.ts";
import { headerChanges } from "./header-changes.ts";

const THERE = "run it with --resign there";

export type SecretsOf = (binId: string) => Promise<readonly Secret[]>;

type Captured = Pick<
  CapturedRequest,
  "binId" | "provider" | "method" | "headers" | "url" | "receivedAt"
>;
type Signing = { captured: Captured; body: Buffer; draft: Draft; secretsOf: SecretsOf };

/** With the URL to ask: a digest of the body may stand in its query. */
export type Resigned = Pick<Signed, "isSecretItself"> & {
  draft: Draft;
  url: string;
  changes: Change[];
};

/**
 * The draft, signed as its provider would have sent it just now.
 * @param url where it goes: some providers sign that.
 * @throws HooklensError invalid_fields at /resign
 */
export async function resign(signing: Signing, url: string): Promise<Resigned> {
  const secret = await chooseSecret(signing);
  const { draft } = signing;
  const anew = await signed(draft, url, secret);
  const { headers, body, url: signedUrl, isSecretItself } = anew;
  return {
    draft: { ...draft, headers, body: Buffer.from(body) },
    url: signedUrl,
    changes: headerChanges(draft.headers, anew),
    isSecretItself,
  };
}

/**
 * The same for a listener, as an edit that it takes along.
 * @throws HooklensError invalid_fields at /resign
 */
export async function resignedEdit(
  signing: Signing,
  edit: DeliveryEdit | null,
): Promise<DeliveryEdit> {
  const secret = await chooseSecret(signing);
  const name = providerName(secret.provider);
  if (signsUrl(secret.provider)) {
    throw invalid(`${name} signs the URL too, which only the listener knows: ${THERE}`);
  }
  const { draft } = signing;
  const { headers, body, isSecretItself } = await signed(draft, "", secret);
  // An edit lies in the table until it was carried: secrets lie there sealed only.
  if (isSecretItself) throw invalid(`${name} sends the secret itself: ${THERE}`);
  const isSame = draft.body.equals(body);
  return {
    ...edit,
    headers,
    ...(isSame ? {} : { bodyBase64: Buffer.from(body).toString("base64") }),
  };
}

/**
 * Refuses what can't be signed, before anything is counted, stored or sent.
 * @throws HooklensError invalid_fields at /resign
 */
export async function requireSecret(captured: Captured, secretsOf: SecretsOf): Promise<void> {
  const all = await secretsOf(captured.binId);
  if (candidates(captured, all).length === 0) throw invalid(noSecret(captured, all.length));
}

/** Those of its provider, or any of them for a sender that is not known, whose signature may be known all the same. */
function candidates({ provider }: Captured, all: readonly Secret[]): readonly Secret[] {
  const own = all.filter((secret) => secret.provider === provider?.id);
  return own.length > 0 || (provider && schemesOf(provider.id).length > 0) ? own : all;
}

/** The one that the captured request was signed with, or else the newest of its provider that signs. */
async function chooseSecret({ captured, body, secretsOf }: Signing): Promise<Secret> {
  const all = await secretsOf(captured.binId);
  const fit = candidates(captured, all);
  const request = {
    ...captured,
    body,
    isBodyWhole: true,
    receivedAtMs: Date.parse(captured.receivedAt),
  };
  for (const secret of fit) {
    const { status } = await verify(request, secret.provider, [secret]);
    if (status === "verified" && canSign(secret)) return secret;
  }
  const own = fit.filter(({ provider }) => provider === captured.provider?.id);
  const newest = own.find(canSign) ?? own[0];
  if (newest) return newest;
  throw invalid(noSecret(captured, all.length));
}

function noSecret({ provider }: Captured, count: number): string {
  if (count === 0) return "This bin has no signing secret: leave `resign` out";
  const whose = provider ? ` of ${provider.name}` : " that fits";
  return `This bin has no signing secret${whose}: add it, or leave \`resign\` out`;
}

async function signed(draft: Draft, url: string, secret: Secret): Promise<Signed> {
  try {
    return await sign({ ...draft, url }, secret.provider, secret, { nowMs: Date.now() });
  } catch (error) {
    if (error instanceof SignError) throw invalid(error.message.replace(/\.$/, ""));
    throw error;
  }
}

const invalid = (detail: string) =>
  new HooklensError("invalid_fields", `/resign: ${detail}.`, {
    errors: [{ pointer: "/resign", detail }],
  });
