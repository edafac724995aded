import { readCount } from "../args.ts";
import { binFlag, openBin } from "../bin-access.ts";
import { defineCommand } from "../command.ts";
import { filterFlag, jsonFlag, quietFlag } from "../shared-flags.ts";
import { onlyBin } from "../words.ts";
import { tail } from "../tail/tail.ts";

const COUNT_MAX = 10_000;

export const tailCommand = defineCommand({
  name: "tail",
  summary: "print requests as they come",
  usage: "[CAPTURE-URL] [-n COUNT] [--q FILTER]",
  flags: {
    count: {
      type: "string",
      short: "n",
      value: "COUNT",
      says: "begin with the newest so many (0)",
    },
    ...filterFlag,
    ...binFlag,
    ...jsonFlag,
    ...quietFlag,
  },
  notes: [
    "Without gaps and doubles: what came while the connection was lost is printed when it is back. What happens to the connection is told on stderr.",
  ],
  examples: [
    { line: "hooklens tail -n 10", says: "" },
    {
      line: "hooklens tail --json --q provider:github | jq .provider.event",
      says: "GitHub's events as they come",
    },
  ],
  async run({ values, words, io }) {
    const before = values.count === undefined ? 0 : readCount("-n", values.count, 0, COUNT_MAX);
    const access = await openBin(onlyBin(words) ?? values.bin, io);
    return tail({ access, q: values.q, before, json: values.json, quiet: values.quiet, io });
  },
});
