/** A header as it is typed. `id` only tells the rows apart while they move. */
export type HeaderRow = { id: number; name: string; value: string };

/** What is wrong, by the row's id. */
export type RowErrors = Record<number, { name?: string; value?: string }>;

/** An empty row, for the end of these. */
export const newRow = (rows: readonly HeaderRow[]): HeaderRow => ({
  id: rows.reduce((max, { id }) => Math.max(max, id), -1) + 1,
  name: "",
  value: "",
});

export const withRow = (rows: readonly HeaderRow[], changed: HeaderRow): HeaderRow[] =>
  rows.map((row) => (row.id === changed.id ? changed : row));

export const withoutRow = (rows: readonly HeaderRow[], id: number): HeaderRow[] =>
  rows.filter((row) => row.id !== id);
