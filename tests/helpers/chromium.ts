import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

const USUAL_PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

const isRoot = process.getuid?.() === 0;

/**
 * Chromium goes by the last --disable-features alone, so Playwright's own list is repeated as far as it matters here.
 * Without the last three every window makes two pages of the address bar's before it shows ours, and each context starts a
 * process in advance that most tests never use.
 */
const FEATURES_OFF = [
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsUpgrades",
  "HttpsFirstBalancedModeAutoEnable",
  "LensOverlay",
  "MediaRouter",
  "PaintHolding",
  "ThirdPartyStoragePartitioning",
  "AvoidCorsURLLoaderRestartOnRedirect",
  "TcpPortRandomizationWin",
  "OptimizationHints",
  "NetworkTimeServiceQuerying",
  "AimEnabled",
  "PreconnectToSearch",
  "WebUIOmniboxPopup",
  "WebUIOmniboxAimPopup",
  "SpareRendererForSitePerProcess",
];

/**
 * No sandbox as root, who can't have one. The rest keeps the browser from calling home, which would only add failed
 * look-ups on a machine without the internet.
 */
export const CHROMIUM_ARGS = [
  ...(isRoot ? ["--no-sandbox"] : []),
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  `--disable-features=${FEATURES_OFF.join(",")}`,
];

/** The Chromium of this machine: CHROMIUM_PATH, a usual place, or Playwright's own download; null for none. */
export function installedChromium(): string | null {
  const given = process.env["CHROMIUM_PATH"];
  if (given) return given;
  return [...USUAL_PLACES, chromium.executablePath()].find((place) => existsSync(place)) ?? null;
}

/** A Chromium, which is installed when there is none: by Playwright, or by apt for root on Debian. */
export async function findChromium(): Promise<string> {
  const installed = installedChromium();
  if (installed) return installed;
  for (const install of [byApt, byPlaywright]) {
    install();
    const found = installedChromium();
    if (found) return found;
  }
  throw new Error("No Chromium was found or could be installed. Set CHROMIUM_PATH to one.");
}

function byApt(): void {
  if (!isRoot || !existsSync("/usr/bin/apt-get")) return;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  attempt("apt-get", ["update", "-q"], env);
  attempt("apt-get", ["install", "-q", "-y", "--no-install-recommends", "chromium"], env);
}

function byPlaywright(): void {
  attempt("npx", ["playwright", "install", "chromium"], process.env);
}

function attempt(command: string, args: string[], env: NodeJS.ProcessEnv): void {
  process.stdout.write(`Installing Chromium: ${command} ${args.join(" ")}\n`);
  try {
    execFileSync(command, args, { env, stdio: ["ignore", "ignore", "inherit"] });
  } catch {
    // The next way may work; what it printed is on the terminal.
  }
}
