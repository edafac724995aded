import { setTimeout as sleep } from "node:timers/promises";
import { type Browser, chromium, type Page } from "@playwright/test";
import { createApiClient } from "#lib/contract/client.ts";
import { CHROMIUM_ARGS, findChromium } from "#tests/helpers/chromium.ts";
import {
  CLI_FILE,
  type Cli,
  cliNode,
  endClis,
  startProcess,
  temporaryFolder,
} from "#tests/helpers/cli.ts";
import { DataDir } from "#tests/helpers/data-dir.ts";
import { connectFarMachine, type FarMachine } from "#tests/helpers/far-machine.ts";
import { startServer, type TestServer } from "#tests/helpers/server.ts";
import { until } from "#tests/helpers/until.ts";

/** What DESIGN promises of both screens. */
const RIGHT_SECONDS_MAX = 15;
const GIVE_UP_SECONDS = 40;
const POLL_MS = 50;

type Scene = {
  server: TestServer;
  far: FarMachine;
  cli: Cli;
  /** On this machine, and on the one that is cut off. */
  nearPage: Page;
  farPage: Page;
};

type Screen = { who: string; says: string; isRight: (scene: Scene) => Promise<boolean> };
type Silence = {
  what: string;
  begin: (scene: Scene) => void;
  end: (scene: Scene) => void;
  screens: readonly Screen[];
};

const badge = (page: Page) => page.getByRole("button", { name: /^Listeners: / });
const isLive = (page: Page) => page.getByRole("button", { name: /^Live/ }).isVisible();
const isListening = async (page: Page) =>
  /\bconnected\b/.test((await badge(page).ariaSnapshot()) ?? "");
const isLost = (cli: Cli) =>
  cli.out().split("Connection lost").length > cli.out().split("Connected").length - 1;

const listenerGone: Screen = {
  who: "the page",
  says: "the listener: not heard, or away",
  isRight: async ({ nearPage }) => !(await isListening(nearPage)),
};
const commandLost: Screen = {
  who: "the command",
  says: "Connection lost",
  isRight: async ({ cli }) => isLost(cli),
};
const pageLost = (which: "nearPage" | "farPage", who: string): Screen => ({
  who,
  says: "itself not live, the listener not known",
  isRight: async (scene) => !(await isLive(scene[which])) && !(await isListening(scene[which])),
});

const silences: readonly Silence[] = [
  {
    what: "SIGSTOP to the command",
    begin: ({ cli }) => cli.kill("SIGSTOP"),
    end: ({ cli }) => cli.kill("SIGCONT"),
    screens: [listenerGone],
  },
  {
    what: "SIGSTOP to the server",
    begin: ({ server }) => void server.kill("SIGSTOP"),
    end: ({ server }) => void server.kill("SIGCONT"),
    screens: [pageLost("nearPage", "the page"), commandLost],
  },
  {
    what: "packets vanish",
    begin: ({ far }) => far.drop(),
    end: ({ far }) => far.carry(),
    screens: [listenerGone, pageLost("farPage", "a page beside the command"), commandLost],
  },
];

/** Seconds until each screen says that the other side is silent. ROUNDS times each. True when all are right in time. */
export async function measureSilence(): Promise<boolean> {
  const rounds = Number(process.env["ROUNDS"] ?? 3);
  const dataDir = new DataDir();
  const far = connectFarMachine();
  const browsers: Browser[] = [];
  let server: TestServer | null = null;
  try {
    server = await startServer({ dataDir: dataDir.path, address: far.nearAddress });
    const scene = await makeScene(server, far, browsers);
    const rows: Record<string, string>[] = [];
    for (const silence of silences) rows.push(...(await measure(silence, scene, rounds)));
    console.table(rows);
    return rows.every(({ worst }) => Number(worst) <= RIGHT_SECONDS_MAX);
  } finally {
    endClis();
    await Promise.all(browsers.map((browser) => browser.close()));
    await server?.stop();
    dataDir.remove();
    far.remove();
  }
}

async function makeScene(server: TestServer, far: FarMachine, browsers: Browser[]): Promise<Scene> {
  const bin = await createApiClient({ origin: server.origin }).mint();
  const args = [
    CLI_FILE,
    "listen",
    `${server.origin}/in/${bin.id}`,
    "--to",
    "9",
    "--name",
    "laptop",
  ];
  const cwd = temporaryFolder();
  const env = { PATH: process.env["PATH"], HOME: cwd, HOOKLENS_KEY: bin.key };
  const cli = startProcess(...far.command(cliNode, args), { cwd, env });
  await cli.says("Connected.");
  const executable = await findChromium();
  const open = async (executablePath: string) => {
    const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
    browsers.push(browser);
    const page = await browser.newPage();
    await page.goto(`${server.origin}/b/${bin.id}#key=${bin.key}`);
    return page;
  };
  const [nearPage, farPage] = [await open(executable), await open(far.wrapper(executable))];
  return { server, far, cli, nearPage, farPage };
}

async function measure(silence: Silence, scene: Scene, rounds: number) {
  const seconds = silence.screens.map((): number[] => []);
  for (let round = 1; round <= rounds; round++) {
    await untilAllWell(scene);
    // Whenever within the interval of the signs of life it begins.
    await sleep(Math.random() * 5_000);
    silence.begin(scene);
    const found = await Promise.all(silence.screens.map((screen) => secondsUntil(screen, scene)));
    silence.end(scene);
    for (const [index, each] of found.entries()) seconds[index]?.push(each);
    console.log(
      `${silence.what}, ${round} of ${rounds}: ${found.map((each) => each.toFixed(1)).join(", ")} s`,
    );
  }
  return silence.screens.map(({ who, says }, index) => ({
    what: silence.what,
    who,
    says,
    seconds: (seconds[index] ?? []).map((each) => each.toFixed(1)).join(", "),
    worst: Math.max(...(seconds[index] ?? [])).toFixed(1),
  }));
}

async function untilAllWell(scene: Scene): Promise<void> {
  const { nearPage, farPage, cli } = scene;
  const isWell = async () =>
    !isLost(cli) &&
    (await isLive(nearPage)) &&
    (await isLive(farPage)) &&
    (await isListening(nearPage)) &&
    (await isListening(farPage));
  await until(isWell, "both pages and the command to be connected", 90_000);
}

async function secondsUntil({ isRight }: Screen, scene: Scene): Promise<number> {
  const startedAt = performance.now();
  const passed = () => (performance.now() - startedAt) / 1000;
  while (!(await isRight(scene)) && passed() < GIVE_UP_SECONDS) await sleep(POLL_MS);
  return passed();
}
