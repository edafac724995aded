// The whole of `npm test`: everything that must hold before a change goes in. Needs Node, npm, a network for the packages of
// tests/oracles (until they are installed) and, for a Chromium where none is installed, apt or a network. The last line
// printed is the sum over all groups.
import * as groups from "./groups.ts";
import { findChromium } from "./helpers/chromium.ts";

const results: groups.Result[] = [];

async function run(group: groups.Group): Promise<boolean> {
  const result = await groups.runGroup(group);
  results.push(result);
  return result.failed === 0;
}

await run(groups.TYPES);
await run(groups.FORMAT);
await run(groups.LINT);
const built = await run(groups.BUILD);
await run(groups.UNIT);
await run(groups.ORACLES);
if (built) {
  await run(groups.SERVER);
  process.env["CHROMIUM_PATH"] = await findChromium();
  await run(groups.BROWSER);
} else {
  process.stdout.write("\nThe server and browser tests need the build: not run.\n");
}

const sum = (pick: (result: groups.Result) => number) =>
  results.reduce((total, result) => total + pick(result), 0);

process.stdout.write("\n");
for (const { name, passed, failed, skipped, seconds } of results) {
  const counts = `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`;
  process.stdout.write(
    `${name.padEnd(10)}${counts.padEnd(36)}${seconds.toFixed(1).padStart(7)} s\n`,
  );
}
const failed = sum((result) => result.failed);
process.stdout.write(`${sum((result) => result.passed)} passed, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : 0;
