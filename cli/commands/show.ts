import { binFlag, openBin } from "../bin-access.ts";
import { defineCommand } from "../command.ts";
import { usageError } from "../exit.ts";
import { jsonFlag } from "../shared-flags.ts";
import { show } from "../show/show.ts";

export const showCommand = defineCommand({
  name: "show",
  summary: "one request: its head, its body, where it was sent on to",
  usage: "SEQ|ID|last [--headers|--body|--raw|--json]",
  flags: {
    headers: { type: "boolean", says: "the headers only, as received" },
    body: {
      type: "boolean",
      says: "the body only: to a terminal as text, elsewhere its exact bytes",
    },
    raw: { type: "boolean", says: "the whole as an HTTP/1.1 message, byte for byte" },
    ...binFlag,
    ...jsonFlag,
  },
  notes: [
    "On a terminal what it would obey (control characters, bidi overrides) stands there as an escape. In a pipe --body and --raw are the exact bytes.",
  ],
  examples: [
    { line: "hooklens show last", says: "" },
    { line: "hooklens show 42 --body | jq .data", says: "the exact bytes of the body" },
    { line: "hooklens show 42 --raw | nc localhost 3000", says: "the request as it came" },
  ],
  async run({ values, words, io }) {
    const [which, second] = words;
    if (which === undefined) throw usageError("Which request? Its number, its id, or `last`.");
    if (second !== undefined)
      throw usageError(`"${second}" is one word too many: show takes one request.`);
    const parts = (["headers", "body", "raw", "json"] as const).filter((part) => values[part]);
    if (parts.length > 1)
      throw usageError(`Only one of ${parts.map((part) => `--${part}`).join(", ")}.`);
    const access = await openBin(values.bin, io);
    return show({ which, part: parts[0] ?? "all", access, io });
  },
});
