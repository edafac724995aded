"use client";

import { clsx } from "clsx";
import { useState } from "react";
import { Preparing } from "#components/body/preparing.tsx";
import { BinPage, type OpenBin } from "#components/shell/bin-page.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { DestinationCard } from "./destination-card.tsx";
import { DestinationForm } from "./destination-form.tsx";
import { newValues } from "./form-values.ts";
import { useDestinations } from "./use-destinations.ts";

/** The destinations page of a bin. */
export function Destinations({ binId }: { binId: string }) {
  return (
    <BinPage binId={binId} title="destinations">
      {(open) => <List {...open} />}
    </BinPage>
  );
}

function List({ bin, api }: OpenBin) {
  const destinations = useDestinations(api, bin.id);
  const [isAdding, setAdding] = useState(false);
  const { items, failure } = destinations;
  if (!items && !failure) return <Preparing label="Loading the destinations" />;
  return (
    <div className="flex flex-col gap-4">
      {failure && <Notice tone="warn">What is shown may be old: {failure}</Notice>}
      {items?.length === 0 && !isAdding && (
        <EmptyState
          title="Requests stay here until you send them on"
          actions={
            <Button variant="primary" onClick={() => setAdding(true)}>
              Add a destination
            </Button>
          }
        >
          A destination gets each matching request by itself, again and again until it arrives, also
          after this server or the target was away.
        </EmptyState>
      )}
      <ul aria-label="Destinations" className="flex flex-col gap-4 empty:hidden">
        {items?.map((destination) => (
          <DestinationCard
            key={destination.id}
            binId={bin.id}
            destination={destination}
            destinations={destinations}
          />
        ))}
      </ul>
      {isAdding && (
        <section
          aria-label="New destination"
          className="rounded-lg border border-line bg-surface p-4"
        >
          <DestinationForm
            values={newValues}
            action="Add destination"
            onSave={async (input) => {
              await destinations.add(input);
              setAdding(false);
            }}
            onCancel={() => setAdding(false)}
          />
        </section>
      )}
      {items && items.length > 0 && (
        // Stays while the form is open, which gives the focus back to it.
        <Button
          className={clsx("self-start", isAdding && "hidden")}
          onClick={() => setAdding(true)}
        >
          Add a destination
        </Button>
      )}
    </div>
  );
}
