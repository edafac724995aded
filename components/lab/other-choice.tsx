"use client";

import { useEffect } from "react";
import { LoadState } from "#components/load/load-state.tsx";
import { Field, Select } from "#components/ui/field.tsx";
import type { ApiClient } from "#lib/contract/client.ts";
import type { CapturedRequest, RequestSummary } from "#lib/contract/requests.ts";
import { useOtherEvents } from "./use-other-events.ts";

type OtherChoiceProps = {
  api: ApiClient;
  request: CapturedRequest;
  value: string | null;
  onChange: (id: string) => void;
};

/** Which event changes places with this one. */
export function OtherChoice({ api, request, value, onChange }: OtherChoiceProps) {
  const loaded = useOtherEvents(api, request);
  return (
    <LoadState loaded={loaded} what="other events">
      {(events) =>
        events.length === 0 ? (
          <p className="text-xs text-muted">
            {request.provider
              ? `The bin holds no other event of ${request.provider.name}. `
              : "The bin holds no other request. "}
            Let one come first.
          </p>
        ) : (
          <Options events={events} seq={request.seq} value={value} onChange={onChange} />
        )
      }
    </LoadState>
  );
}

type OptionsProps = Pick<OtherChoiceProps, "value" | "onChange"> & {
  events: readonly RequestSummary[];
  seq: number;
};

function Options({ events, seq, value, onChange }: OptionsProps) {
  const [nearest] = events;
  useEffect(() => {
    if (value === null && nearest) onChange(nearest.id);
  }, [value, nearest, onChange]);
  return (
    <Field label="Changes places with">
      <Select
        value={value ?? nearest?.id}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {events.map((event) => (
          <option key={event.id} value={event.id}>
            #{event.seq} · {event.provider?.event ?? `${event.method} ${event.target}`} ·{" "}
            {event.seq < seq ? "came before" : "came after"}
          </option>
        ))}
      </Select>
    </Field>
  );
}
