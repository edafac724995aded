import type { SampleCreate, SampleKind, SampleSent } from "../contract/samples.ts";
import { HooklensError } from "../errors.ts";
import { providerName } from "../providers/providers.ts";
import { freshNow } from "../samples/fresh.ts";
import { post } from "../samples/post.ts";
import type { Sample } from "../samples/sample.ts";
import { samples } from "../samples/samples.ts";
import { signSample } from "../samples/signed.ts";
import type { ManageParts } from "./parts.ts";

export function createSampleOperations({ config, store, vault, ownAddress }: ManageParts) {
  const list = (): { items: SampleKind[] } => ({
    items: samples.map(({ provider, event, about }) => ({
      provider,
      name: providerName(provider),
      event,
      about,
    })),
  });

  /**
   * Sends an event to the bin's capture URL as its provider would: over HTTP, with fresh ids and times, signed.
   * @throws invalid_fields, bin_gone, unavailable
   */
  async function send(binId: string, input: SampleCreate): Promise<SampleSent> {
    const sample = findSample(input);
    const bin = await store.bins.view(binId, config.publicUrl);
    if (!bin) throw new HooklensError("bin_gone", "It was deleted or has expired.");
    const nowMs = Date.now();
    const { headers, body } = sample.make(freshNow(nowMs));
    const url = `${bin.url}/${sample.provider}`;
    const draft = { method: "POST", url, headers, body: new TextEncoder().encode(body) };
    const kept = await vault.ofBin(binId);
    const signed = await signSample(draft, sample.provider, kept, nowMs);
    const { status, requestId } = await post(signed.draft, ownAddress()).catch((error: unknown) => {
      throw notTaken(error);
    });
    if (requestId === null) throw notTaken();
    return {
      provider: sample.provider,
      event: sample.event,
      requestId,
      status,
      signedBy: signed.by,
    };
  }

  return { list, send };
}

function findSample({ provider, event }: SampleCreate): Sample {
  const own = samples.filter((sample) => sample.provider === provider);
  if (own.length === 0)
    throw invalid("/provider", "There are no samples of a provider with this id");
  const found = event === undefined ? own[0] : own.find((sample) => sample.event === event);
  const known = own.map((sample) => sample.event).join(", ");
  if (!found) throw invalid("/event", `Its samples are: ${known}`);
  return found;
}

const invalid = (pointer: string, detail: string) =>
  new HooklensError("invalid_fields", `See "errors": ${pointer}.`, {
    errors: [{ pointer, detail }],
  });

const notTaken = (cause?: unknown) =>
  new HooklensError("unavailable", "The capture URL did not take it. Try again in a moment.", {
    retryAfterSeconds: 2,
    cause,
  });
