import { type ElementType, encodeArray } from "./binary-array.ts";

/** One column of a batch: its name, its array type for the cast, and its values of all rows in the wire format. */
export type Column<Row> = { name: string; type: string; encode: (rows: readonly Row[]) => Buffer };

export function column<Row, Value>(
  name: string,
  type: ElementType<Value>,
  value: (row: Row) => Value | null,
): Column<Row> {
  return { name, type: type.sql, encode: (rows) => encodeArray(type, rows.map(value)) };
}

/** The names for a column list, and the parameters for unnest() from `$first` on. */
export function columnSql(columns: readonly Column<never>[], first: number) {
  return {
    names: columns.map((each) => each.name).join(", "),
    arrays: columns.map((each, index) => `$${index + first}::${each.type}`).join(", "),
  };
}
