import { randomUUID } from "node:crypto";
import type { Socket } from "socket.io-client";
import {
  RELAY_NAMESPACE,
  type RelayAuth,
  type RelayClientEvents,
  type RelayGoneCode,
  type RelayServerEvents,
  type Welcome,
} from "#lib/contract/relay.ts";
import type { BinAccess } from "../bin-access.ts";
import { CliError, Exit, type ExitCode } from "../exit.ts";
import { holdLink, type Link } from "../link.ts";
import { VERSION } from "../own.ts";
import { refusalError } from "../refusal.ts";
import { CatchUp } from "./catch-up.ts";
import { Deliveries } from "./deliveries.ts";
import type { Settled } from "./job.ts";
import { onLeave } from "./leaving.ts";
import type { Reporter } from "./reporter.ts";
import { describeRoute, type Route } from "./route.ts";
import { type Missed, wordsOfGone } from "./words.ts";

type RelaySocket = Socket<RelayServerEvents, RelayClientEvents>;

import type { Resign } from "../signing/resign.ts";

export type Listening = {
  access: BinAccess;
  name: string;
  /** Asked at each delivery. */
  routes: () => readonly Route[];
  missed: Missed;
  maxAgeSeconds: number | null;
  /** Signs each request again; null: they go on as they came. */
  resign: Resign | null;
  /** Until the first connection; null tries for ever. */
  connectMs: number | null;
  report: Reporter;
};

const STARTS = { deliver: "cursor", latest: "latest", skip: "now" } as const;
const GONE_EXITS: Record<RelayGoneCode, ExitCode> = {
  key_revoked: Exit.key,
  bin_gone: Exit.notFound,
  listener_removed: Exit.replaced,
};
/** What the contract takes of targets, and of each of them. */
const TARGETS_MAX = 20;
const TARGET_CHARACTERS_MAX = 2_048;

/** Takes a bin's requests to this machine, until a person ends it or the server does for good. */
export class Listener {
  readonly #listening: Listening;
  readonly #deliveries: Deliveries;
  readonly #catchUp: CatchUp;
  /** Tells the server that one that comes back is not another one. */
  readonly #instance = randomUUID();
  #link: Link | null = null;
  /** The present connection, from its welcome on. */
  #socket: RelaySocket | null = null;
  #wasWelcomed = false;
  #isLeaving = false;
  /** Until the first connection. */
  #impatience: ReturnType<typeof setTimeout> | undefined;
  /** The way is cut, or was never there. */
  #isDown = false;
  #whyDown = "no answer";
  /** When the server was last heard, in milliseconds since 1970. */
  #heardAt = 0;
  #end: (code: ExitCode) => void = () => {};
  #fail: (error: CliError) => void = () => {};

  constructor(listening: Listening) {
    const { access, report } = listening;
    this.#listening = listening;
    this.#catchUp = new CatchUp(report.caughtUp);
    this.#deliveries = new Deliveries({
      routes: listening.routes,
      bodyUrl: (id) => access.client.bodyUrl(access.bin, id),
      key: access.key,
      resign: listening.resign,
      working: (forwardId) => {
        if (this.#socket?.connected) this.#socket.emit("working", { forwardId });
      },
      report: { ...report, settled: (settled) => this.#settled(settled) },
    });
  }

  /** Resolves with the exit code of a clean end. @throws CliError key, replaced, notFound, unreachable, refused */
  async run(): Promise<ExitCode> {
    const { access, name, routes, connectMs, report } = this.#listening;
    report.beginning({
      name,
      captureUrl: `${access.origin}/in/${access.bin}`,
      targets: routes().map(describeRoute),
    });
    const ended = new Promise<ExitCode>((resolve, reject) => {
      this.#end = resolve;
      this.#fail = reject;
    });
    const forgetSignals = onLeave(
      () => this.#leave(),
      () => this.#end(Exit.interrupted),
    );
    if (connectMs !== null) this.#impatience = setTimeout(() => this.#giveUp(), connectMs);
    this.#link = this.#connect();
    try {
      return await ended;
    } finally {
      forgetSignals();
      clearTimeout(this.#impatience);
      await this.#link.close();
      report.end();
    }
  }

  /** The targets have changed: the page learns them by a new connection, which is made once nothing is under way. */
  async retarget(): Promise<void> {
    await this.#deliveries.settled();
    if (this.#socket?.connected && !this.#isLeaving) this.#link?.renew();
  }

  #connect(): Link {
    const { access } = this.#listening;
    return holdLink<RelaySocket>(
      { origin: access.origin, namespace: RELAY_NAMESPACE, auth: () => this.#auth() },
      {
        opened: (socket) => this.#opened(socket),
        heard: () => this.#heard(),
        down: (reason) => this.#down(reason),
        refused: (refusal) => this.#fail(refusalError(refusal, access)),
      },
    );
  }

  #auth(): RelayAuth {
    const { access, name, routes, missed, maxAgeSeconds } = this.#listening;
    const targets = routes().map((route) => oneLine(describeRoute(route)));
    return {
      bin: access.bin,
      key: access.key,
      name,
      // Only the first connection of a process begins anew: what is missed later is delivered.
      start: this.#wasWelcomed ? "cursor" : STARTS[missed],
      targets: targets.slice(0, TARGETS_MAX),
      version: VERSION,
      instance: this.#instance,
      ...(maxAgeSeconds === null ? {} : { maxAgeSeconds }),
    };
  }

  #opened(socket: RelaySocket): void {
    const { name, report } = this.#listening;
    socket.on("welcome", (welcome) => this.#welcomed(socket, welcome));
    socket.on("deliver", (delivery, acknowledge) => {
      // What comes while leaving is not acknowledged, so the next process gets it.
      if (!this.#isLeaving) this.#deliveries.take(delivery, acknowledge);
    });
    socket.on("passed", (passed) => {
      report.passed(passed);
      this.#catchUp.handedOver(passed.through, passed.count);
    });
    socket.on("head", ({ lastSeq }) => report.head(lastSeq));
    socket.on("replaced", () => {
      const words = `Another listener took over the name "${name}". Give this one --name.`;
      this.#fail(new CliError(Exit.replaced, words));
    });
    socket.on("gone", ({ code }) => this.#fail(new CliError(GONE_EXITS[code], wordsOfGone[code])));
  }

  #welcomed(socket: RelaySocket, welcome: Welcome): void {
    const { report } = this.#listening;
    clearTimeout(this.#impatience);
    this.#socket = socket;
    if (!this.#wasWelcomed) report.connected(welcome);
    else if (this.#isDown) report.back(welcome, Date.now() - this.#heardAt);
    this.#wasWelcomed = true;
    this.#isDown = false;
    this.#heard();
    this.#catchUp.begin(welcome);
  }

  #settled(settled: Settled): void {
    const { request, asked } = settled.job.delivery;
    this.#listening.report.settled(settled);
    if (!asked) this.#catchUp.handedOver(request.seq, 1);
  }

  /** Until it is welcomed a server that answers is not one that listens. */
  #heard(): void {
    if (this.#isDown || !this.#wasWelcomed) return;
    this.#heardAt = Date.now();
    this.#listening.report.heard();
  }

  #down(reason: string): void {
    const { report } = this.#listening;
    this.#socket = null;
    this.#whyDown = reason;
    if (this.#isDown) return report.stillLost(reason);
    this.#isDown = true;
    report.lost(reason, this.#heardAt);
  }

  #giveUp(): void {
    const { origin } = this.#listening.access;
    const words = `${origin} could not be reached: ${this.#whyDown}. --connect-timeout 0 tries for ever.`;
    this.#fail(new CliError(Exit.unreachable, words));
  }

  #leave(): void {
    this.#isLeaving = true;
    this.#listening.report.leaving(this.#deliveries.runningCount);
    void this.#deliveries.settled().then(() => this.#end(Exit.done));
  }
}

/** As the contract takes it: no control characters, and not too long. */
const oneLine = (text: string) => text.replace(/\p{Cc}/gu, " ").slice(0, TARGET_CHARACTERS_MAX);
