"use client";

import { useMemo, useState } from "react";
import { decodeSteps, type Step } from "#lib/decode/decode.ts";
import { decodeParts } from "#lib/decode/parts.ts";
import { useDecodeMode } from "./decode-mode.ts";
import { DecodePill } from "./decode-pill.tsx";
import { LaterSteps } from "./later-steps.tsx";

type DecodableProps = {
  name: string;
  value: string;
  /** Also looks into `t=1700000000,v1=…`, as headers hold them. */
  parts?: boolean;
  /** JSON has a way of its own to be opened here. */
  skipJson?: boolean;
};

/** Behind a value: what it can be decoded as, and beneath it, once asked for, what it holds. Nothing where it is not sure. */
export function Decodable({ name, value, parts = false, skipJson = false }: DecodableProps) {
  const { arrivedAtMs } = useDecodeMode();
  const held = useMemo(() => {
    const steps = decodeSteps(value, { name, arrivedAtMs });
    if (steps.length > 0 || !parts) return [{ name, steps }];
    return decodeParts(value, { arrivedAtMs });
  }, [name, value, parts, arrivedAtMs]);
  return held.map(
    ({ name: part, steps }, index) =>
      steps[0] &&
      !(skipJson && steps[0].kind === "json") && (
        <DecodableValue key={index} name={part} steps={steps} isPart={part !== name} />
      ),
  );
}

type DecodableValueProps = { name: string; steps: readonly Step[]; isPart: boolean };

function DecodableValue({ name, steps, isPart }: DecodableValueProps) {
  const { isOn, arrivedAtMs } = useDecodeMode();
  // What was opened or closed by itself stays so until all are.
  const [own, setOwn] = useState<{ under: boolean; isOpen: boolean } | null>(null);
  const isOpen = own?.under === isOn ? own.isOpen : isOn;
  return (
    <>
      {isPart && !isOpen && <span className="ml-1 text-2xs text-faint">{name}</span>}
      <DecodePill
        steps={steps}
        name={name}
        isOpen={isOpen}
        onToggle={() => setOwn({ under: isOn, isOpen: !isOpen })}
      />
      {isOpen && (
        <div className="my-1.5 border-l-2 border-line-strong pl-3">
          <LaterSteps steps={steps} name={name} arrivedAtMs={arrivedAtMs} />
        </div>
      )}
    </>
  );
}
