import type { Socket } from "socket.io-client";
import type { HandshakeRefusal } from "#lib/contract/events.ts";
import {
  type Delivery,
  type Passed,
  RELAY_NAMESPACE,
  type RelayAuth,
  type RelayClientEvents,
  type RelayServerEvents,
  type Welcome,
} from "#lib/contract/relay.ts";
import type { BinAccess } from "../bin-access.ts";
import { CliError, Exit, type ExitCode } from "../exit.ts";
import { holdLink, type Link } from "../link.ts";
import { VERSION } from "../own.ts";
import { refusalError } from "../refusal.ts";
import { Deliveries } from "./deliveries.ts";
import { onLeave } from "./leaving.ts";
import type { Reporter } from "./reporter.ts";
import { describeRoute, type Route } from "./route.ts";
import { type Missed, wordsOfGone } from "./words.ts";

type RelaySocket = Socket<RelayServerEvents, RelayClientEvents>;

export type Listening = {
  access: BinAccess;
  name: string;
  /** Asked at each delivery. */
  routes: () => readonly Route[];
  missed: Missed;
  maxAgeSeconds: number | null;
  /** Until the first connection; null tries for ever. */
  connectMs: number | null;
  report: Reporter;
};

const STARTS = { deliver: "cursor", latest: "latest", skip: "now" } as const;
/** What the contract takes of targets, and of each of them. */
const TARGETS_MAX = 20;
const TARGET_CHARACTERS_MAX = 2_048;

export type RunningListener = {
  /** Resolves or rejects with how it ended. */
  ended: Promise<ExitCode>;
  /** The targets have changed: they are told to the page with the next connection, which is made once nothing is under way. */
  retarget: () => void;
};

/** Takes a bin's requests to this machine until a person ends it, or the server does for good. */
export function listen(listening: Listening): RunningListener {
  const { access, report } = listening;
  let socket: RelaySocket | null = null;
  let welcomed = false;
  let isLeaving = false;
  let heardAt = 0;
  let isDown = false;
  const catchUp = new CatchUp(report);

  const deliveries = new Deliveries({
    routes: listening.routes,
    bodyUrl: (id) => access.client.bodyUrl(access.bin, id),
    key: access.key,
    working: (forwardId) => {
      if (socket?.connected) socket.emit("working", { forwardId });
    },
    report: {
      ...report,
      settled: (settled) => {
        report.settled(settled);
        if (!settled.job.delivery.asked) catchUp.handedOver(settled.job.delivery.request.seq, 1);
      },
    },
  });

  let end: (code: ExitCode) => void = () => {};
  let fail: (error: CliError) => void = () => {};
  const ended = new Promise<ExitCode>((resolve, reject) => {
    end = resolve;
    fail = reject;
  });

  const link: Link = holdLink<RelaySocket>(
    { origin: access.origin, namespace: RELAY_NAMESPACE, auth },
    { opened, heard, down, refused },
  );

  function auth(): RelayAuth {
    const targets = listening.routes().map((route) => oneLine(describeRoute(route)));
    return {
      bin: access.bin,
      key: access.key,
      name: listening.name,
      // Only the first connection of a process begins anew: what is missed later is delivered.
      start: welcomed ? "cursor" : STARTS[listening.missed],
      targets: targets.slice(0, TARGETS_MAX),
      version: VERSION,
      ...(listening.maxAgeSeconds === null ? {} : { maxAgeSeconds: listening.maxAgeSeconds }),
    };
  }

  function opened(connection: RelaySocket): void {
    connection.on("welcome", (welcome) => {
      socket = connection;
      clearTimeout(impatience);
      if (welcomed) report.back(welcome, Date.now() - awaySince);
      else report.connected(welcome);
      welcomed = true;
      isDown = false;
      catchUp.begin(welcome);
    });
    connection.on("deliver", (delivery: Delivery, acknowledge) => {
      // What comes now is not acknowledged, so the next process gets it.
      if (!isLeaving) deliveries.take(delivery, acknowledge);
    });
    connection.on("passed", (passed: Passed) => {
      report.passed(passed);
      catchUp.handedOver(passed.through, passed.count);
    });
    connection.on("head", ({ lastSeq }) => report.head(lastSeq));
    connection.on("replaced", () =>
      fail(
        new CliError(
          Exit.replaced,
          `Another listener took over the name "${listening.name}". Give this one --name.`,
        ),
      ),
    );
    connection.on("gone", ({ code }) => {
      const exit =
        code === "bin_gone" ? Exit.notFound : code === "key_revoked" ? Exit.key : Exit.replaced;
      fail(new CliError(exit, wordsOfGone[code]));
    });
  }

  let awaySince = 0;

  function heard(): void {
    if (isDown) return;
    heardAt = Date.now();
    report.heard();
  }

  function down(reason: string): void {
    socket = null;
    lastReason = reason;
    if (isDown) return report.stillLost(reason);
    isDown = true;
    awaySince = heardAt || Date.now();
    report.lost(reason, welcomed ? heardAt : 0);
  }

  let lastReason = "no answer";

  function refused(refusal: HandshakeRefusal): void {
    fail(refusalError(refusal, access));
  }

  const impatience =
    listening.connectMs === null
      ? undefined
      : setTimeout(() => {
          fail(
            new CliError(
              Exit.unreachable,
              `${access.origin} could not be reached: ${lastReason}. --connect-timeout 0 tries for ever.`,
            ),
          );
        }, listening.connectMs);

  const stopSignals = onLeave(
    () => {
      isLeaving = true;
      report.leaving(deliveries.runningCount);
      void deliveries.settled().then(() => end(Exit.done));
    },
    () => end(Exit.interrupted),
  );

  report.beginning({
    name: listening.name,
    captureUrl: `${access.origin}/in/${access.bin}`,
    targets: listening.routes().map(describeRoute),
  });

  async function untilOver(): Promise<ExitCode> {
    try {
      return await ended;
    } finally {
      clearTimeout(impatience);
      stopSignals();
      await link.close();
      report.end();
    }
  }

  return {
    ended: untilOver(),
    retarget: () => {
      void deliveries.settled().then(() => {
        if (socket?.connected && !isLeaving) link.renew();
      });
    },
  };
}

/** Counts what was missed, until all of it was handed over or told as passed. */
class CatchUp {
  readonly #report: Pick<Reporter, "caughtUp">;
  #total = 0;
  #left = 0;
  #through = 0;

  constructor(report: Pick<Reporter, "caughtUp">) {
    this.#report = report;
  }

  begin({ missed, lastSeq }: Welcome): void {
    this.#total = missed;
    this.#left = missed;
    this.#through = lastSeq;
  }

  handedOver(seq: number, count: number): void {
    if (this.#left === 0) return;
    this.#left = seq >= this.#through ? 0 : Math.max(0, this.#left - count);
    if (this.#left === 0) this.#report.caughtUp(this.#total);
  }
}

/** As the contract takes it: no control characters, and not too long. */
const oneLine = (text: string) => text.replace(/\p{Cc}/gu, " ").slice(0, TARGET_CHARACTERS_MAX);
