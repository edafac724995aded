import { binFlag, findBin } from "../bin-access.ts";
import { defineCommand } from "../command.ts";
import { Exit } from "../exit.ts";
import { onlyBin } from "../words.ts";

export const urlCommand = defineCommand({
  name: "url",
  summary: "print a bin's capture URL",
  usage: "[--bin BIN]",
  flags: { ...binFlag },
  notes: ["Without --bin that of the bin made or added last."],
  examples: [{ line: 'curl "$(hooklens url)/orders" -d \'{"id": 1}\'', says: "" }],
  async run({ values, words, io }) {
    const { origin, bin } = findBin(onlyBin(words) ?? values.bin, io);
    io.out(`${origin}/in/${bin}`);
    return Exit.done;
  },
});
