import { readCount } from "../args.ts";
import { binFlag, openBin } from "../bin-access.ts";
import { defineCommand } from "../command.ts";
import { Exit } from "../exit.ts";
import { searchRequests } from "../find-request.ts";
import { filterFlag, jsonFlag } from "../shared-flags.ts";
import { summaryLine } from "../summary-line.ts";
import { jsonLine } from "../terminal/json-line.ts";
import { onlyBin } from "../words.ts";

const COUNT = 20;
const COUNT_MAX = 100_000;

export const listCommand = defineCommand({
  name: "list",
  summary: "the newest requests of a bin",
  usage: "[CAPTURE-URL] [-n COUNT] [--q FILTER]",
  flags: {
    count: { type: "string", short: "n", value: "COUNT", says: `how many (${COUNT})` },
    ...filterFlag,
    ...binFlag,
    ...jsonFlag,
  },
  notes: ["Newest first. The filter is the language of the page's search box."],
  examples: [
    { line: "hooklens list -n 50", says: "" },
    {
      line: "hooklens list --q 'provider:stripe status>=400' --json | jq .id",
      says: "ids of what Stripe was refused",
    },
  ],
  async run({ values, words, io }) {
    const max = values.count === undefined ? COUNT : readCount("-n", values.count, 1, COUNT_MAX);
    const access = await openBin(onlyBin(words) ?? values.bin, io);
    for await (const request of searchRequests(access, { q: values.q, max })) {
      io.out(values.json ? jsonLine(request) : summaryLine(request, io.columns(), io.style));
    }
    return Exit.done;
  },
});
