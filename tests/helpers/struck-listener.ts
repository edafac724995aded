import { type Cli, cliNode, startCli } from "./cli.ts";
import type { Bin } from "./read-stored.ts";

export const LISTENER_NAME = "chaos";
/** The oldest Node that the command must run on, and the one that runs this. */
const NODES = [cliNode, process.execPath] as const;

/** A `hooklens listen` that is killed and started again, under one Node and the other in turn. */
export class StruckListener {
  readonly #args: string[];
  readonly #key: string;
  readonly #all: Cli[] = [];
  #fault: string | null = null;

  constructor(captureUrl: string, { key }: Bin, to: string) {
    const patience = ["--connect-timeout", "0"];
    this.#args = [
      "listen",
      captureUrl,
      "--to",
      to,
      "--name",
      LISTENER_NAME,
      "--missed",
      "deliver",
      ...patience,
    ];
    this.#key = key;
  }

  get pid(): number {
    return this.#all.at(-1)?.pid ?? 0;
  }

  start(): void {
    const node = NODES[this.#all.length % NODES.length] ?? process.execPath;
    const cli = startCli(this.#args, { key: this.#key, node });
    this.#all.push(cli);
    void cli.ended.then((code) => {
      if (code !== null) this.#fault = `The listener ended with ${code}: ${cli.err()}`;
    });
  }

  connected = async () => this.#all.at(-1)?.says("Connected.");

  /** @throws when it has ended by itself. */
  check(): void {
    if (this.#fault !== null) throw new Error(this.#fault);
  }

  async kill(): Promise<void> {
    const last = this.#all.at(-1);
    last?.kill("SIGKILL");
    await last?.ended;
    this.start();
  }

  counts() {
    const again = this.#all.map((cli) => cli.out().split("Connected again").length - 1);
    return {
      listeners: this.#all.length,
      reconnects: again.reduce((sum, count) => sum + count, 0),
    };
  }
}
