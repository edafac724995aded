"use client";

import { Trash2 } from "lucide-react";
import { useState } from "react";
import { WireText } from "#components/request/wire-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { type Mask, withoutPlace, withPlace } from "#lib/compare/place.ts";
import { messageOf } from "#lib/message-of.ts";
import type { Learned } from "./learn-mask.ts";

type MaskPanelProps = {
  mask: Mask;
  onMask: (mask: Mask) => void;
  /** Null where there is nothing to learn from. */
  onLearn: (() => Promise<Learned>) | null;
  showsMasked: boolean;
  onShowMasked: (isOn: boolean) => void;
};

/** What always changes, place by place, each to be turned on and off. */
export function MaskPanel(props: MaskPanelProps) {
  const { mask, onMask, onLearn, showsMasked, onShowMasked } = props;
  const entries = mask.entries.toSorted((a, b) => (a.place < b.place ? -1 : 1));
  return (
    <div className="flex max-h-[min(70dvh,32rem)] w-96 max-w-[calc(100vw-2rem)] flex-col gap-3 overflow-y-auto p-4">
      <p className="text-muted">
        Differences in these places are folded and counted. Kept in this browser, for requests like
        these in this bin.
      </p>
      <Switch checked={showsMasked} onChange={onShowMasked}>
        Show them among the differences
      </Switch>
      <Switch checked={mask.usual} onChange={(usual) => onMask({ ...mask, usual })}>
        <span>
          The usual
          <span className="block text-xs text-faint">
            dates, signatures, nonces, try counters, and what proxies add
          </span>
        </span>
      </Switch>
      {entries.length > 0 && (
        <ul aria-label="Places that always change" className="flex flex-col border-t border-line">
          {entries.map(({ place, isOn }) => (
            <li key={place} className="flex items-center gap-1 border-b border-line py-1">
              <span className="min-w-0 flex-1">
                <Switch checked={isOn} onChange={(on) => onMask(withPlace(mask, place, on))}>
                  <WireText text={place} className="wrap-anywhere" />
                </Switch>
              </span>
              <IconButton
                icon={Trash2}
                label={`Forget ${place}`}
                onClick={() => onMask(withoutPlace(mask, place))}
              />
            </li>
          ))}
        </ul>
      )}
      {onLearn && <Learn onLearn={onLearn} onMask={onMask} />}
    </div>
  );
}

type LearnProps = { onLearn: () => Promise<Learned>; onMask: (mask: Mask) => void };

function Learn({ onLearn, onMask }: LearnProps) {
  const [isLearning, setLearning] = useState(false);
  const [words, setWords] = useState("");
  async function learn() {
    setLearning(true);
    try {
      const learned = await onLearn();
      onMask(learned.mask);
      setWords(learned.words);
    } catch (error) {
      setWords(`Nothing learned: ${messageOf(error)}`);
    }
    setLearning(false);
  }
  return (
    <div className="flex flex-col gap-2">
      <Button disabled={isLearning} onClick={() => void learn()} className="self-start">
        {isLearning ? "Comparing" : "Learn from requests like these"}
      </Button>
      <p role="status" className="text-xs text-muted empty:hidden">
        {words}
      </p>
    </div>
  );
}
