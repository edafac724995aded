import type { Flags } from "./args.ts";

export const jsonFlag = {
  json: { type: "boolean", says: "NDJSON: one JSON object a line" },
} as const satisfies Flags;

export const quietFlag = {
  quiet: { type: "boolean", short: "q", says: "only what went wrong" },
} as const satisfies Flags;

export const filterFlag = {
  q: {
    type: "string",
    value: "FILTER",
    says: "only what matches, such as 'method:POST path:/orders*'",
  },
} as const satisfies Flags;
