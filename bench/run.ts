/** `npm run bench`: prints ratios against references measured in the same run. `npm run bench -- capture 1 2`. */
import { benchCapture } from "./capture.ts";
import { benchFlood } from "./flood.ts";
import { benchOpening } from "./opening.ts";
import { benchRelay } from "./relay.ts";
import { benchRecognition } from "./recognition.ts";
import { benchScreen } from "./screen.ts";
import { benchSearch } from "./search.ts";
import { benchScript } from "./script.ts";

const [group = "all", rounds = "5", seconds = "3"] = process.argv.slice(2);

if (group === "all" || group === "capture") await benchCapture(Number(rounds), Number(seconds));
if (group === "all" || group === "screen") await benchScreen();
if (group === "all" || group === "flood") await benchFlood();
if (group === "all" || group === "opening") await benchOpening(Number(rounds));
if (group === "all" || group === "recognition")
  await benchRecognition(Number(rounds), Number(seconds));
if (group === "all" || group === "search") await benchSearch();
if (group === "all" || group === "script") await benchScript();
if (group === "all" || group === "relay") await benchRelay(Number(rounds));
