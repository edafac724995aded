/** What a place holds: for a value that came as text whatever it looks like, `text`. */
export type SuggestedType = "text" | "number" | "boolean" | "null";

/** A field of the matching language as it is written, such as `body.items[*].sku`, with values as they are written. */
export type SuggestedPlace = {
  field: string;
  type: SuggestedType;
  /** The most frequent first. */
  values: string[];
};

/** What the newest requests of a bin can be asked for. */
export type Suggestions = {
  /** Requests that were looked at. */
  looked: number;
  places: SuggestedPlace[];
};
