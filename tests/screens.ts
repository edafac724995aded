/**
 * `npm run screens`: remakes docs/screens, every state in light and dark, on the desktop and the phone.
 * `npm run screens -- --into /tmp/look waiting gone`: only these, into another folder.
 */
import { mkdirSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { type Browser, type BrowserContextOptions, chromium } from "@playwright/test";
import { CHROMIUM_ARGS, findChromium } from "#tests/helpers/chromium.ts";
import { endClis } from "#tests/helpers/cli.ts";
import { closeAllListeners } from "#tests/helpers/listener.ts";
import { type State, states } from "./screens/states.ts";
import { makeWorld, type World } from "./screens/world.ts";

const devices: Record<string, BrowserContextOptions> = {
  desktop: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
};
const themes = ["light", "dark"] as const;

const { values, positionals } = parseArgs({
  options: { into: { type: "string", default: "docs/screens" } },
  allowPositionals: true,
});
const folder = path.resolve(import.meta.dirname, "..", values.into);
const wanted = states.filter(({ name }) => positionals.length === 0 || positionals.includes(name));

/** A browser of its own for each state: what one remembers must not show in the next. */
async function shoot(browser: Browser, world: World, state: State): Promise<void> {
  for (const [device, options] of Object.entries(devices)) {
    const context = await browser.newContext({
      ...options,
      reducedMotion: "reduce",
      javaScriptEnabled: !state.scriptless,
      permissions: ["clipboard-read", "clipboard-write"],
    });
    const page = await context.newPage();
    await state.show(page, world);
    await page.waitForTimeout(300); // fonts, the first words of live regions
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme });
      const file = path.join(folder, `${state.name}-${device}-${colorScheme}.jpg`);
      await page.screenshot({ path: file, type: "jpeg", quality: 45 });
    }
    await context.close();
    closeAllListeners();
    endClis();
    world.proxy.flow();
  }
  console.log(state.name);
}

const world = await makeWorld();
const browser = await chromium.launch({
  executablePath: await findChromium(),
  args: CHROMIUM_ARGS,
});
try {
  mkdirSync(folder, { recursive: true });
  for (const state of wanted) await shoot(browser, world, state);
} finally {
  await browser.close();
  await world.close();
}
