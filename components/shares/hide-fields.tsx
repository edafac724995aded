"use client";

import { EyeOff } from "lucide-react";
import { formatCount } from "#components/ui/format.ts";
import { Switch } from "#components/ui/switch.tsx";
import type { HiddenWhy } from "#lib/contract/hidden.ts";
import type { Redaction, SharePreview } from "#lib/contract/shares.ts";
import { HiddenNames } from "./hidden-names.tsx";
import { hiddenInWords } from "./hidden-words.ts";

type HideFieldsProps = {
  hide: Redaction;
  preview: SharePreview | null;
  onChange: (hide: Redaction) => void;
};

const finds = [
  { key: "tokens", why: "token", words: "Tokens, keys and passwords" },
  { key: "emails", why: "email", words: "E-mail addresses" },
  { key: "cards", why: "card", words: "Card numbers" },
] as const;

/** Headers that often hold what is nobody else's. */
const DELICATE =
  /authorization|cookie|token|secret|api-?key|signature|session|forwarded|real-ip|client-ip|password/i;
const SUGGESTED_MAX = 8;

/** What others shall not see, with what that hides in the newest requests. */
export function HideFields({ hide, preview, onChange }: HideFieldsProps) {
  const set = (change: Partial<Redaction>) => onChange({ ...hide, ...change });
  return (
    <fieldset className="flex flex-col gap-4">
      <legend className="mb-2 text-md font-medium">Hide</legend>
      <div className="grid gap-x-6 gap-y-2 sm:grid-cols-3">
        {finds.map(({ key, why, words }) => (
          <Switch key={key} checked={hide[key]} onChange={(isOn) => set({ [key]: isOn })}>
            <span>
              {words} <Count preview={preview} why={why} isOn={hide[key]} />
            </span>
          </Switch>
        ))}
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <HiddenNames
          label="Headers"
          placeholder="X-Internal-Id"
          hint="The same values are hidden wherever else they stand."
          chosen={hide.headers}
          suggested={suggestedHeaders(preview)}
          onChange={(headers) => set({ headers })}
        />
        <HiddenNames
          label="Values in JSON and forms"
          placeholder="data.customer.name"
          hint="Paths; [*] is any element of a list."
          chosen={hide.paths}
          suggested={(preview?.paths ?? []).map(({ path, value }) => ({
            name: path,
            about: value,
          }))}
          onChange={(paths) => set({ paths })}
        />
      </div>
      <Switch checked={!hide.captureUrl} onChange={(isOn) => set({ captureUrl: !isOn })}>
        <span>
          The capture URL <span className="text-faint">who knows it can send to this bin</span>
        </span>
      </Switch>
      <p role="status" className="flex items-start gap-2 text-xs text-muted">
        <EyeOff size={14} strokeWidth={1.75} aria-hidden className="mt-px shrink-0" />
        <span>{summaryOf(preview)}</span>
      </p>
    </fieldset>
  );
}

function suggestedHeaders(preview: SharePreview | null) {
  return (preview?.headers ?? [])
    .filter((name) => DELICATE.test(name))
    .slice(0, SUGGESTED_MAX)
    .map((name) => ({ name, about: "" }));
}

type CountProps = { preview: SharePreview | null; why: HiddenWhy; isOn: boolean };

function Count({ preview, why, isOn }: CountProps) {
  const count = preview?.hidden[why] ?? 0;
  return isOn && preview ? <span className="text-faint">{formatCount(count)}</span> : null;
}

function summaryOf(preview: SharePreview | null): string {
  if (!preview) return "Looking at the newest requests";
  if (preview.requests === 0) return "There is no request yet to try this on.";
  const marks = Object.entries(preview.hidden).map(([why, count]) => ({
    where: why === "unreadable" ? ("header" as const) : ("body" as const),
    name: null,
    why: why as HiddenWhy,
    count,
  }));
  const words = hiddenInWords(marks);
  const of = preview.requests === 1 ? "this request" : `the newest ${preview.requests} requests`;
  const headers = preview.hidden.header ?? 0;
  const named =
    headers > 0
      ? `${formatCount(headers)} ${headers === 1 ? "value of a header" : "values of headers"}`
      : "";
  return words || named
    ? `In ${of} that hides ${[named, words].filter(Boolean).join(", ")}.`
    : `In ${of} that hides nothing.`;
}
