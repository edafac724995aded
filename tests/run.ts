// The whole of `npm test`: everything that must hold before a change goes in. Needs Node, npm, a network for the packages of
// tests/oracles (until they are installed) and, for a Chromium where none is installed, apt or a network. The last line
// printed is the sum over all groups.
import * as groups from "./groups.ts";
import { runInLanes } from "./in-lanes.ts";

/** What computes runs beside what waits: for packages, for time-outs, for each other's processes. */
const LANES = 2;

let isBuilt = false;

const task = (group: groups.Group, ...after: groups.Group[]) => ({
  name: group.name,
  after: after.map(({ name }) => name),
  run: async () => groups.runGroup(group),
});
const needsBuild = (group: groups.Group, ...after: groups.Group[]) => ({
  ...task(group, groups.BUILD, ...after),
  run: async () => (isBuilt ? groups.runGroup(group) : null),
});
const build = {
  // The build writes the route types anew, which lint reads.
  ...task(groups.BUILD, groups.LINT),
  run: async () => {
    const result = await groups.runGroup(groups.BUILD);
    isBuilt = result.failed === 0;
    return result;
  },
};

const ran = await runInLanes(
  [
    task(groups.TYPES),
    task(groups.FORMAT),
    // The Prisma client comes with the types.
    task(groups.LINT, groups.TYPES),
    build,
    needsBuild(groups.SERVER),
    task(groups.ORACLES, groups.TYPES),
    task(groups.UNIT, groups.TYPES),
    // Beside the servers' tests both would take longer than one after the other: a browser that waits draws all the while.
    needsBuild(groups.BROWSER, groups.SERVER),
  ],
  LANES,
);
const results = ran.filter((result) => result !== null);

const sum = (pick: (result: groups.Result) => number) =>
  results.reduce((total, result) => total + pick(result), 0);

process.stdout.write("\n");
if (!isBuilt) process.stdout.write("The server and browser tests need the build: not run.\n");
for (const { name, passed, failed, skipped, seconds, cpuSeconds } of results) {
  const counts = `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`;
  process.stdout.write(
    `${name.padEnd(10)}${counts.padEnd(36)}${seconds.toFixed(1).padStart(7)} s${cpuSeconds.toFixed(1).padStart(9)} s of a core\n`,
  );
}
const failed = sum((result) => result.failed);
process.stdout.write(`${sum((result) => result.passed)} passed, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : 0;
