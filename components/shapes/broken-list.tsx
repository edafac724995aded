import Link from "next/link";
import { WireText } from "#components/request/wire-text.tsx";
import type { BrokenRequest } from "#lib/contract/shapes.ts";
import { breakWords, pathWords } from "./break-words.ts";

/** Requests that were not as all before them, with what was different. */
export function BrokenList({ binId, broken }: { binId: string; broken: readonly BrokenRequest[] }) {
  if (broken.length === 0) {
    return (
      <p className="px-4 py-6 text-muted">
        Each request is like those before it. What differs is told after ten that were alike.
      </p>
    );
  }
  return (
    <ol aria-label="Requests that differ, newest first">
      {broken.map(({ id, seq, breaks }) => (
        <li key={id} className="border-b border-line px-4 py-2">
          <Link
            href={`/b/${binId}?request=${id}`}
            className="font-medium text-accent hover:underline"
          >
            #{seq}
          </Link>
          <ul className="mt-0.5">
            {breaks.map((found) => (
              <li key={`${found.kind}${found.at}`} className="text-xs text-muted">
                <WireText text={pathWords(found.at)} className="text-ink" /> {breakWords(found)}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}
