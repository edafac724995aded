import { Badge, type Tone } from "#components/ui/badge.tsx";
import type { RequestSummary } from "#lib/contract/requests.ts";
import { WireText } from "./wire-text.tsx";

const signatures: Record<RequestSummary["signature"]["status"], { tone: Tone; words: string }> = {
  verified: { tone: "good", words: "✓ signature verified" },
  failed: { tone: "bad", words: "✕ signature failed" },
  unchecked: { tone: "neutral", words: "signature not checked" },
};

/** Who sent it and what it is about, when the sender is recognised. */
export function ProviderLine({ summary }: { summary: RequestSummary }) {
  const { provider, signature } = summary;
  if (!provider) return null;
  const { tone, words } = signatures[signature.status];
  return (
    <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1 rounded-md border border-line bg-sunken px-3 py-1.5">
      <span className="font-medium">{provider.name}</span>
      {provider.event !== null && <WireText text={provider.event} className="wrap-anywhere" />}
      {provider.deliveryId !== null && (
        <WireText text={provider.deliveryId} className="wrap-anywhere text-muted" />
      )}
      {provider.attempt !== null && provider.attempt > 1 && (
        <Badge tone="warn">attempt {provider.attempt}</Badge>
      )}
      {signature.scheme !== null && (
        <Badge tone={tone} className="ml-auto">
          {words}
        </Badge>
      )}
      {signature.reason !== null && signature.status === "failed" && (
        <p className="w-full text-xs text-bad">{signature.reason}</p>
      )}
    </div>
  );
}
