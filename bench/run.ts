/** `npm run bench`: prints ratios against references measured in the same run. `npm run bench -- capture 1 2`. */
import { benchCapture } from "./capture.ts";
import { benchComparing } from "./comparing.ts";
import { benchDestinations } from "./destinations.ts";
import { benchFlood } from "./flood.ts";
import { benchOpening } from "./opening.ts";
import { benchRecognition } from "./recognition.ts";
import { benchRelay } from "./relay.ts";
import { benchScreen } from "./screen.ts";
import { benchScript } from "./script.ts";
import { benchTransfer } from "./transfer.ts";
import { benchSearch } from "./search.ts";
import { benchSearchMany } from "./search-many.ts";
import { benchThreads } from "./threads.ts";

const [wanted = "all", ...numbers] = process.argv.slice(2);
const [rounds = 5, seconds = 3] = numbers.map(Number);

const groups: Record<string, () => Promise<void>> = {
  capture: () => benchCapture(rounds, seconds),
  recognition: () => benchRecognition(rounds, seconds),
  destinations: () => benchDestinations(rounds, seconds),
  comparing: () => benchComparing(rounds),
  screen: benchScreen,
  flood: benchFlood,
  opening: () => benchOpening(rounds),
  script: benchScript,
  search: benchSearch,
  threads: benchThreads,
  relay: () => benchRelay(rounds),
  transfer: benchTransfer,
};

/** Of minutes and gigabytes: only when it is asked for. `npm run bench -- search-many 10 1000`: millions, bins. */
groups["search-many"] = () => benchSearchMany(Number(numbers[0] ?? 1), Number(numbers[1] ?? 1000));

const chosen = Object.entries(groups).filter(
  ([name]) => wanted === name || (wanted === "all" && name !== "search-many"),
);
if (chosen.length === 0) {
  console.error(`There is no "${wanted}": all, ${Object.keys(groups).join(", ")}.`);
  process.exitCode = 2;
}
for (const [, run] of chosen) await run();
