import { toBase64 } from "#components/body/base64.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import type { HeaderPair } from "#lib/contract/headers.ts";
import type { Edit } from "#lib/forward/edit.ts";
import type { HeaderRow } from "./header-row.ts";

/** A request as a person has changed it so far. */
export type Edited = {
  method: string;
  target: string;
  headers: HeaderRow[];
  /** Null: as captured. */
  body: Uint8Array<ArrayBuffer> | null;
};

type Captured = Pick<CapturedRequest, "method" | "target" | "headers">;

export const asCaptured = ({ method, target, headers }: Captured): Edited => ({
  method,
  target,
  headers: headers.map(([name, value], id) => ({ id, name, value })),
  body: null,
});

/** Only what differs from the captured request; null when nothing does. Rows without name and value are left out. */
export function editOf(captured: Captured, edited: Edited): Edit | null {
  const headers = pairsOf(edited);
  const edit = {
    ...(edited.method !== captured.method && { method: edited.method }),
    ...(edited.target !== captured.target && { target: edited.target }),
    ...(!isSame(headers, captured.headers) && { headers }),
    ...(edited.body && { bodyBase64: toBase64(edited.body) }),
  };
  return Object.keys(edit).length > 0 ? edit : null;
}

/** The rows that are sent, in their order. */
const sentRows = ({ headers }: Edited) =>
  headers.filter(({ name, value }) => name !== "" || value !== "");

export const pairsOf = (edited: Edited): HeaderPair[] =>
  sentRows(edited).map(({ name, value }) => [name, value]);

const isSame = (one: readonly HeaderPair[], other: readonly HeaderPair[]) =>
  one.length === other.length &&
  one.every(([name, value], place) => other[place]?.[0] === name && other[place]?.[1] === value);

/** What was changed, in words: "method, headers, body". */
export function changedParts(captured: Captured, edited: Edited): string[] {
  const parts = {
    method: edited.method !== captured.method,
    path: edited.target !== captured.target,
    headers: !isSame(pairsOf(edited), captured.headers),
    body: edited.body !== null,
  };
  return Object.entries(parts)
    .filter(([, isChanged]) => isChanged)
    .map(([part]) => part);
}

/** The same bytes as captured are no change. */
export function withBody(
  edited: Edited,
  body: Uint8Array<ArrayBuffer>,
  captured: Uint8Array,
): Edited {
  const isCaptured =
    body.length === captured.length && body.every((byte, place) => byte === captured[place]);
  return { ...edited, body: isCaptured ? null : body };
}

/** The row of a pointer such as `/edit/headers/2/1`, which counts only the rows that are sent. */
export const rowAt = (edited: Edited, index: number): HeaderRow | undefined =>
  sentRows(edited)[index];

/** Moves a row by one place; at the end it stays. */
export function moveRow(rows: readonly HeaderRow[], id: number, by: 1 | -1): HeaderRow[] {
  const from = rows.findIndex((row) => row.id === id);
  const moved = rows[from];
  const to = from + by;
  if (!moved || to < 0 || to >= rows.length) return [...rows];
  return rows.toSpliced(from, 1).toSpliced(to, 0, moved);
}
