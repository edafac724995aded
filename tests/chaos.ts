/**
 * `npm run chaos`: the server and its database killed, and sometimes stopped, again and again under load; `npm run chaos
 * -- relay`: also a `hooklens listen` and the way between the two. Ends with 1 when anything acknowledged is lost or
 * changed, or doubled where it must not be. SEED repeats a run's moments.
 */
import { chaosOfCaptures } from "./chaos/captures.ts";
import { chaosOfRelay } from "./chaos/relay.ts";

const [what = "captures"] = process.argv.slice(2);
const isWhole = what === "relay" ? await chaosOfRelay() : await chaosOfCaptures();
process.exitCode = isWhole ? 0 : 1;
