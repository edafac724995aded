import { binFlag, openBin } from "../bin-access.ts";
import { defineCommand } from "../command.ts";
import { Exit } from "../exit.ts";
import { visible } from "../terminal/visible.ts";
import { onlyBin } from "../words.ts";
import { openInBrowser } from "../open-in-browser.ts";

export const openCommand = defineCommand({
  name: "open",
  summary: "open a bin's page in the browser",
  usage: "[CAPTURE-URL] [--print]",
  flags: {
    print: { type: "boolean", says: "print the page's address, without the key, and open nothing" },
    ...binFlag,
  },
  notes: [
    "The browser gets the key and remembers the bin. The key is handed over in a file that only you can read, never in a command line.",
  ],
  examples: [{ line: "hooklens open", says: "" }],
  async run({ values, words, io }) {
    const access = await openBin(onlyBin(words) ?? values.bin, io);
    const { dashboardUrl } = await access.client.bin(access.bin);
    if (!values.print) {
      if (await openInBrowser(`${dashboardUrl}#key=${access.key}`)) return Exit.done;
      io.note("No browser could be started here. The page:");
    }
    io.out(visible(dashboardUrl));
    return Exit.done;
  },
});
