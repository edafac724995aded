import type { SampleKind, SampleSent } from "#lib/contract/samples.ts";
import { binFlag, openBin } from "../bin-access.ts";
import { defineCommand } from "../command.ts";
import { Exit, usageError } from "../exit.ts";
import type { Io } from "../io.ts";
import { jsonFlag } from "../shared-flags.ts";
import { jsonLine } from "../terminal/json-line.ts";
import { visible } from "../terminal/visible.ts";

export const sampleCommand = defineCommand({
  name: "sample",
  summary: "have a provider's event sent to a bin, signed",
  usage: "PROVIDER [EVENT] | --list",
  flags: {
    list: { type: "boolean", short: "l", says: "the events that there are" },
    ...binFlag,
    ...jsonFlag,
  },
  notes: [
    "The server sends it to the capture URL over HTTP, as the provider would, with fresh ids and times. It is signed with the bin's secret of that provider, else with one that is made for it and printed. Without EVENT the provider's first one is sent.",
  ],
  examples: [
    { line: "hooklens sample stripe payment_intent.succeeded", says: "" },
    { line: "hooklens sample --list", says: "providers and their events" },
  ],
  async run({ values, words, io }) {
    const [provider, event, more] = words;
    if (more !== undefined) throw usageError("One provider and one event at most.");
    if (provider === undefined && !values.list) {
      throw usageError("Of which provider? `hooklens sample --list` tells what there is.");
    }
    const { bin, client } = await openBin(values.bin, io);
    if (values.list || provider === undefined) {
      const { items } = await client.samples(bin);
      for (const kind of items.filter((each) => !provider || each.provider === provider)) {
        io.out(values.json ? jsonLine(kind) : kindLine(kind, io));
      }
      return Exit.done;
    }
    const sent = await client.sendSample(bin, {
      provider,
      ...(event === undefined ? {} : { event }),
    });
    if (values.json) io.out(jsonLine(sent));
    else tell(sent, io);
    return Exit.done;
  },
});

const WIDTHS = { provider: 18, event: 30 };

const kindLine = ({ provider, event, about }: SampleKind, { style }: Io): string =>
  `${visible(provider).padEnd(WIDTHS.provider)} ${visible(event).padEnd(WIDTHS.event)} ${style.dim(visible(about))}`;

function tell({ provider, event, requestId, status, signedBy }: SampleSent, io: Io): void {
  const { style } = io;
  io.out(`${visible(provider)} ${visible(event)}  ${style.dim("answered")} ${status}`);
  io.out(`${style.dim("Request")}  ${visible(requestId)}`);
  if (signedBy.kind === "kept") io.out(style.dim("Signed with the bin's secret."));
  if (signedBy.kind === "shown") {
    io.out(`${style.dim("Secret ")}  ${visible(signedBy.secret)}`);
    io.out(
      style.dim(
        "Made for this one and kept nowhere: the bin has no secret of this provider to sign with.",
      ),
    );
  }
}
