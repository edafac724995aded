"use client";

import { clsx } from "clsx";
import { Download } from "lucide-react";
import { useMemo, useState } from "react";
import { fromBase64 } from "#components/body/base64.ts";
import { hexText } from "#lib/body/hex.ts";
import { saveBytes } from "#components/body/save-bytes.ts";
import { WireText } from "#components/request/wire-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { Choice } from "#components/ui/choice.tsx";
import { formatBytes, formatCount } from "#components/ui/format.ts";
import type { ExplainedPart } from "#lib/contract/explanations.ts";
import { partName } from "./signature-words.ts";

/** Bytes of one part that are shown; all of them are saved. */
const SHOWN_MAX = 2_048;

const marks = [
  "border-syntax-key text-syntax-key",
  "border-syntax-number text-syntax-number",
  "border-syntax-string text-syntax-string",
];

type SignedBytesProps = {
  parts: readonly ExplainedPart[];
  size: number;
  /** The request's, for the part that is it. */
  body: Uint8Array<ArrayBuffer> | null;
  isProven: boolean;
};

type Shown = ExplainedPart & { bytes: Uint8Array<ArrayBuffer> | null; mark: string };

/** The exact bytes that were signed, each part marked by where it came from. */
export function SignedBytes({ parts, size, body, isProven }: SignedBytesProps) {
  const [view, setView] = useState<"text" | "hex">("text");
  const shown = useMemo(() => parts.map((part, at) => show(part, at, body)), [parts, body]);
  const isWhole = shown.every(({ bytes }) => bytes !== null);
  return (
    <section aria-labelledby="signed-bytes" className="flex flex-col gap-1.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 id="signed-bytes" className="font-medium">
          {isProven ? "What was signed" : "What has to be signed"}
        </h3>
        <span className="text-xs text-faint">{formatBytes(size)}</span>
        <div className="ml-auto flex items-center gap-2">
          <Choice
            label="Show the signed bytes as"
            value={view}
            onChange={setView}
            choices={views}
          />
          {isWhole && (
            <Button
              size="sm"
              variant="quiet"
              onClick={() => saveBytes(joined(shown), "signed-bytes.bin")}
            >
              <Download size={13} aria-hidden />
              Save
            </Button>
          )}
        </div>
      </div>
      <div
        role="group"
        aria-label="Signed bytes"
        tabIndex={0}
        className="max-h-60 overflow-y-auto rounded-md border border-line bg-sunken px-3 py-2 wrap-anywhere whitespace-pre-wrap"
      >
        {shown.map((part, at) => (
          <Run key={at} part={part} number={at + 1} isHex={view === "hex"} />
        ))}
      </div>
      <ol
        aria-label="Parts, in order"
        className="flex flex-wrap gap-x-3 gap-y-1 text-xs text-muted"
      >
        {shown.map(({ from, size: bytes, mark }, at) => (
          <li key={at} className="flex items-baseline gap-1">
            <span className={clsx("border-b-2 px-0.5 font-medium", mark)}>{at + 1}</span>
            <span className="wrap-anywhere">{partName(from)}</span>
            <span className="text-faint">
              {from === "secret" ? "withheld" : formatBytes(bytes)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

const views = [
  { value: "text", label: "Text" },
  { value: "hex", label: "Hex" },
] as const;

function Run({ part, number, isHex }: { part: Shown; number: number; isHex: boolean }) {
  const { bytes, mark, from, size } = part;
  const rest = size - SHOWN_MAX;
  const title = `${number}: ${partName(from)}`;
  if (from === "secret") {
    return <span className="rounded-sm bg-hover px-1 text-xs text-muted">the secret</span>;
  }
  if (!bytes) {
    return (
      <span className="text-xs text-faint">
        {partName(from)}, {formatBytes(size)}
      </span>
    );
  }
  const head = bytes.subarray(0, SHOWN_MAX);
  return (
    <span title={title} className={clsx("border-b-2", mark)}>
      {isHex ? (
        <span className="wire">{hexText(head)} </span>
      ) : (
        <WireText text={new TextDecoder().decode(head)} kept={"\t\n"} />
      )}
      {rest > 0 && (
        <span className="text-xs text-faint"> … {formatCount(rest)} more bytes of this part </span>
      )}
    </span>
  );
}

function show(part: ExplainedPart, at: number, body: Uint8Array<ArrayBuffer> | null): Shown {
  const bytes = part.base64 !== null ? fromBase64(part.base64) : part.from === "body" ? body : null;
  const mark =
    part.from === "body" ? "border-line-strong text-ink" : (marks[at % marks.length] ?? "");
  return { ...part, bytes, mark };
}

function joined(parts: readonly Shown[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { bytes }) => sum + (bytes?.length ?? 0), 0));
  let at = 0;
  for (const { bytes } of parts) {
    if (!bytes) continue;
    all.set(bytes, at);
    at += bytes.length;
  }
  return all;
}
