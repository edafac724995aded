import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** What a theme can change; the other rules hold in both or in none. */
const BY_THEME = ["color-contrast", "link-in-text-block"];

/** What axe says of the page as it is now, in the light theme, and in the dark one what can differ there. */
export async function findViolations(page: Page, state: string): Promise<string[]> {
  const findings: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    // Else a colour may still be on its way to the other theme.
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const axeSource = (await hasAxe(page)) ? { axeSource: "void 0" } : {};
    // Else each run opens a second page to put its frames together.
    const axe = new AxeBuilder({ page, ...axeSource }).setLegacyMode();
    // Else it writes down every node that is right.
    axe.options({ resultTypes: ["violations"] });
    if (colorScheme === "dark") axe.withRules(BY_THEME);
    for (const { id, nodes } of (await axe.analyze()).violations) {
      findings.push(`${state}, ${colorScheme}: ${id} at ${nodes[0]?.html}`);
    }
  }
  return findings;
}

/** Its half a megabyte is sent and compiled once for a page: an unknown frame must get it as well. */
async function hasAxe(page: Page): Promise<boolean> {
  const found = await Promise.all(page.frames().map((frame) => frame.evaluate("'axe' in window")));
  return found.every((isThere) => isThere === true);
}
