// The fast gate, `npm run check`: format, lint, types.
import { FORMAT, LINT, runGroup, TYPES } from "./groups.ts";

const results = [await runGroup(TYPES), await runGroup(FORMAT), await runGroup(LINT)];
const failed = results.filter((result) => result.failed > 0).map(({ name }) => name);
process.stdout.write(failed.length > 0 ? `\nNot right: ${failed.join(", ")}\n` : "\nAll right.\n");
process.exitCode = failed.length > 0 ? 1 : 0;
