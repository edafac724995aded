"use client";

import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { BinPage, type OpenBin } from "#components/shell/bin-page.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { readMarked } from "./marked-for-resend.ts";
import { ResendCard } from "./resend-card.tsx";
import { ResendForm } from "./resend-form.tsx";
import { useListeners } from "./use-listeners.ts";
import { useResends } from "./use-resends.ts";

/** The page of a bin's resends. */
export function Resends({ binId }: { binId: string }) {
  return (
    <BinPage binId={binId} title="resends">
      {(open) => <Opened {...open} />}
    </BinPage>
  );
}

function Opened({ bin, api }: OpenBin) {
  const resends = useResends(api, bin.id);
  const asked = useSearchParams();
  const [marked] = useState(() => (asked.has("marked") ? readMarked(bin.id) : null));
  const { items, failure } = resends;
  const listeners = useListeners(api, bin.id);
  return (
    <div className="flex flex-col gap-6">
      <section
        aria-label="New resend"
        className="flex flex-col gap-4 rounded-lg border border-line bg-surface p-4"
      >
        <p className="text-muted">
          The server sends captured requests again, also when this page is closed. You see a plan
          first. To send each new request by itself, add a destination.
        </p>
        <ResendForm
          listeners={listeners}
          q={asked.get("q") ?? ""}
          marked={marked}
          onPlan={resends.plan}
          onSend={resends.add}
        />
      </section>
      {failure && <Notice tone="warn">What is shown may be old: {failure}</Notice>}
      {items && items.length > 0 && (
        <section aria-labelledby="resends" className="flex flex-col gap-3">
          <h2 id="resends" className="text-md font-semibold">
            What was sent
          </h2>
          <ul aria-label="Resends" className="flex flex-col gap-4">
            {items.map((resend) => (
              <ResendCard key={resend.id} binId={bin.id} resend={resend} resends={resends} />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
