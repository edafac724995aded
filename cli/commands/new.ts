import { createCommandClient } from "#lib/contract/command-client.ts";
import { readDuration } from "../args.ts";
import { homeOrigin } from "../bin-access.ts";
import { defineCommand } from "../command.ts";
import { Exit } from "../exit.ts";
import { keepBin, keyFilePath } from "../key-file.ts";
import { ownName } from "../own.ts";
import { jsonFlag } from "../shared-flags.ts";
import { jsonLine } from "../terminal/json-line.ts";
import { visible } from "../terminal/visible.ts";

export const newCommand = defineCommand({
  name: "new",
  summary: "make a bin: a capture URL, and the key that opens it",
  usage: "[--name NAME] [--origin URL]",
  flags: {
    name: {
      type: "string",
      value: "NAME",
      says: "a name for the bin; later commands take it as --bin",
    },
    origin: {
      type: "string",
      value: "URL",
      says: "the server; else HOOKLENS_ORIGIN, else the one this command came from",
    },
    expires: { type: "string", value: "TIME", says: "the bin is gone after this time: 1h, 7d" },
    ...jsonFlag,
    quiet: { type: "boolean", short: "q", says: "print the capture URL, nothing else" },
  },
  notes: [
    "The key is kept in the config file, readable by you alone. The private link opens the bin in a browser: who has it has the bin.",
  ],
  examples: [
    { line: "hooklens new", says: "a bin on the server that this command came from" },
    { line: "URL=$(hooklens new --quiet)", says: "for a script; --json tells all of it" },
  ],
  async run({ values, io }) {
    const origin = homeOrigin(values.origin, io);
    const expiresInSeconds =
      values.expires && Math.ceil(readDuration("--expires", values.expires) / 1000);
    const minted = await createCommandClient({ origin }).mint({
      ...(values.name === undefined ? {} : { name: values.name }),
      ...(expiresInSeconds ? { expiresInSeconds } : {}),
    });
    const { id, name, url, dashboardUrl, key, expiresAt } = minted;
    keepBin({ origin, bin: id, key, name, keptAt: new Date().toISOString() }, io);
    const privateLink = `${dashboardUrl}#key=${key}`;
    if (values.json) {
      io.out(jsonLine({ bin: id, name, url, dashboardUrl, privateLink, key, expiresAt }));
      return Exit.done;
    }
    if (values.quiet) {
      io.out(visible(url));
      return Exit.done;
    }
    const { style } = io;
    io.out(`${style.dim("Capture URL ")} ${style.link(visible(url))}`);
    io.out(`${style.dim("Private link")} ${style.link(visible(privateLink))}`);
    io.out(`${style.dim("Key kept in ")} ${keyFilePath(io.env)}`);
    io.out();
    io.out(
      `${style.dim("Next:")} ${ownName(io.env)} listen ${visible(url)} --to http://localhost:3000/webhooks`,
    );
    return Exit.done;
  },
});
