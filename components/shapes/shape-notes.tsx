"use client";

import { TriangleAlert } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import type { BodyFaults } from "#components/body/body-faults.ts";
import type { Lines } from "#lib/body/lines.ts";
import { WireText } from "#components/request/wire-text.tsx";
import { plainName } from "#components/ui/plain-name.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import type { RequestShape } from "#lib/contract/shapes.ts";
import { offsetAt } from "#lib/shapes/locate.ts";
import { breakWords, pathWords } from "./break-words.ts";
import { useRequestShape } from "./use-request-shape.ts";

type ShapeNotesProps = {
  api: ApiClient;
  binId: string;
  id: string;
  /** What is to be said within the body; must keep its identity. */
  onFaults: (faults: BodyFaults | null) => void;
};

/** One thing that is not as it was, or not as it is declared. `line`: the same, told at its line. */
type Note = { at: string; words: string; line: string; by: string | null };

/** What differs from the requests before, and what a document of the person's does not allow: a list that leads there. */
export function ShapeNotes({ api, binId, id, onFaults }: ShapeNotesProps) {
  const shape = useRequestShape(api, binId, id);
  const notes = useMemo(() => (shape ? notesOf(shape) : []), [shape]);
  const [jump, setJump] = useState<BodyFaults["jump"]>(null);
  useEffect(() => {
    onFaults(notes.length === 0 ? null : { linesOf: (lines) => linesOf(notes, lines), jump });
  }, [notes, jump, onFaults]);
  if (!shape || notes.length + shape.checks.length === 0) return null;
  return (
    <section
      aria-label="Shape"
      className="max-h-40 shrink-0 overflow-y-auto border-b border-line px-4 py-1.5 text-xs"
    >
      <ul className="empty:hidden">
        {notes.map((note) => (
          <li key={`${note.at}${note.words}${note.by ?? ""}`}>
            <NoteButton note={note} onJump={setJump} />
          </li>
        ))}
      </ul>
      <CheckWords shape={shape} />
    </section>
  );
}

type NoteButtonProps = { note: Note; onJump: (jump: () => BodyFaults["jump"]) => void };

function NoteButton({ note: { at, words, by }, onJump }: NoteButtonProps) {
  return (
    <button
      type="button"
      onClick={() => onJump(() => (lines: Lines) => offsetAt(lines.text, at))}
      className="touch-target flex w-full cursor-pointer items-baseline gap-2 rounded-sm text-left hover:bg-hover"
    >
      <TriangleAlert size={12} aria-hidden className="shrink-0 self-center text-warn" />
      <span className="min-w-0 wrap-anywhere">
        <WireText text={pathWords(at)} className="text-ink" />{" "}
        <span className="text-muted">{words}</span>
        {by !== null && <span className="text-faint"> · {by}</span>}
      </span>
    </button>
  );
}

function CheckWords({ shape: { checks } }: { shape: RequestShape }) {
  return checks.map((check) => {
    const name = plainName(check.document.name);
    if (check.status === "valid") {
      return (
        <p key={check.document.id} className="text-good">
          As declared by {name}
        </p>
      );
    }
    if (check.status === "invalid" && !check.isCut) return null;
    return (
      <p key={check.document.id} className="text-faint">
        {check.status === "invalid"
          ? `${name} has more against it`
          : `Not checked by ${name}: ${check.detail}`}
      </p>
    );
  });
}

function notesOf({ breaks, checks }: RequestShape): Note[] {
  const declared = checks.flatMap((check) =>
    check.status === "invalid"
      ? check.errors.map(({ at, message }) => ({
          at,
          words: message,
          line: message,
          by: plainName(check.document.name),
        }))
      : [],
  );
  const differing = breaks.map((found) => {
    const words = breakWords(found);
    // It is told at the object that lacks it, so by its name.
    const line =
      found.kind === "missing" ? `${pathWords(found.at).replace(/^.*\./, "")} ${words}` : words;
    return { at: found.at, words, line, by: null };
  });
  return [...declared, ...differing];
}

function linesOf(notes: readonly Note[], lines: Lines): Map<number, string> {
  const said = new Map<number, string>();
  for (const { at, line: words } of notes) {
    const line = lines.lineAt(offsetAt(lines.text, at));
    if (!said.has(line)) said.set(line, words);
  }
  return said;
}
