/**
 * `npm run chaos`: the server and its database killed, and sometimes stopped, again and again under load; `npm run chaos
 * -- relay`: also a `hooklens listen` and the way between the two; `-- destinations`: also three destinations' targets.
 * Ends with 1 when anything acknowledged is lost or changed, or doubled where it must not be. SEED repeats a run's moments.
 * `npm run chaos -- silence`: seconds until each screen says that the other side is not heard, after freezes and lost
 * packets (Linux, root); 1 when it takes over 15.
 */
import { chaosOfCaptures } from "./chaos/captures.ts";
import { chaosOfDestinations } from "./chaos/destinations.ts";
import { chaosOfRelay } from "./chaos/relay.ts";
import { measureSilence } from "./chaos/silence.ts";

const runs = {
  captures: chaosOfCaptures,
  destinations: chaosOfDestinations,
  relay: chaosOfRelay,
  silence: measureSilence,
};

const [what = "captures"] = process.argv.slice(2);
const run = Object.entries(runs).find(([name]) => name === what)?.[1];
if (!run) throw new Error(`There is no "${what}": ${Object.keys(runs).join(", ")}.`);
process.exitCode = (await run()) ? 0 : 1;
