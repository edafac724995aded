"use client";

import { useCallback, useState } from "react";
import { Disclosure } from "#components/body/disclosure.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import { formatCount } from "#components/ui/format.ts";
import { ApiError } from "#lib/contract/calls.ts";
import type { Destination, Replay } from "#lib/contract/destinations.ts";
import { messageOf } from "#lib/message-of.ts";
import { ListedForwards } from "./listed-forwards.tsx";
import type { DestinationsState } from "./use-destinations.ts";

type TroubledForwardsProps = {
  state: "dead" | "failed";
  count: number;
  binId: string;
  destination: Destination;
  destinations: DestinationsState;
  /** This list goes away with the last of them: what came of it is said elsewhere. */
  onTold: (told: Told) => void;
};

export type Told = { tone: "info" | "bad"; words: string };

const words = {
  dead: {
    title: "not delivered, and not tried any more",
    all: "Send all again",
    matching: "Send those again",
    one: "Send again",
  },
  failed: {
    title: "waiting for the next try",
    all: "Try all now",
    matching: "Try those now",
    one: "Try now",
  },
};

/** What did not arrive: why, and sending it again, one by one, all, or all that match. */
export function TroubledForwards({
  state,
  count,
  binId,
  destination,
  destinations,
  onTold,
}: TroubledForwardsProps) {
  const [turn, setTurn] = useState(0);
  const { forwards } = destinations;
  const load = useCallback(
    (cursor: string | undefined, signal: AbortSignal) =>
      forwards(destination.id, { state, signal, ...(cursor && { cursor }) }),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- read when it is opened, and after each replay
    [destination.id, state, turn],
  );

  /** @throws ApiError */
  async function replay(asked: Replay) {
    const replayed = await destinations.replay(destination.id, { state, ...asked });
    onTold({ tone: "info", words: `${formatCount(replayed)} on the way again.` });
    setTurn((now) => now + 1);
  }

  const replayOne = (id: string) =>
    replay({ ids: [id] }).catch((error: unknown) =>
      onTold({ tone: "bad", words: messageOf(error) }),
    );

  return (
    <Disclosure summary={`${formatCount(count)} ${words[state].title}`}>
      <div className="flex flex-col gap-2 pt-2">
        <ReplayForm state={state} onReplay={(q) => replay({ q })} />
        <ListedForwards
          load={load}
          binId={binId}
          pausedUntil={destination.circuit.openedAt && destination.circuit.probeAt}
        >
          {({ id, request }) => (
            <Button size="sm" variant="quiet" onClick={() => void replayOne(id)}>
              {words[state].one}
              <span className="sr-only"> #{request.seq}</span>
            </Button>
          )}
        </ListedForwards>
      </div>
    </Disclosure>
  );
}

type ReplayFormProps = { state: "dead" | "failed"; onReplay: (q: string) => Promise<void> };

/** All of them, or all that match. */
function ReplayForm({ state, onReplay }: ReplayFormProps) {
  const [q, setQ] = useState("");
  const [mistake, setMistake] = useState<string | null>(null);
  return (
    <form
      noValidate
      className="flex flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        setMistake(null);
        onReplay(q.trim()).catch((error: unknown) => setMistake(mistakeOf(error)));
      }}
    >
      <Field label="Only what matches" error={mistake} className="min-w-0 flex-1 basis-60">
        <Input
          wire
          value={q}
          autoComplete="off"
          spellCheck={false}
          placeholder="all of them, or such as path:/orders/*"
          onChange={({ target }) => {
            setQ(target.value);
            setMistake(null);
          }}
        />
      </Field>
      <Button type="submit">{q.trim() === "" ? words[state].all : words[state].matching}</Button>
    </form>
  );
}

/** What is wrong with the query is said in its own words, without a pointer to it. */
const mistakeOf = (error: unknown) =>
  (error instanceof ApiError && error.errors[0]?.detail) || messageOf(error);
