import path from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What takes ten seconds or more, the longest first. */
const LONG = [
  "fidelity",
  "access",
  "drain",
  "durability",
  "relay-chaos",
  "cli-away",
  "outage",
  "live-cuts",
  "import",
  "cli-commands",
  "janitor",
  "live-processes",
  "ssrf",
  "embedded-folder",
  "embedded",
  "resends",
  "destinations",
  "cli-listen",
  "live",
  "memory",
  "shares",
  "api-keys",
  "api-search",
  "destination-chaos",
  "overload",
  "outside-database",
];

/** The long files begin first, so that none of them is left running alone at the end. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = LONG.indexOf(path.basename(moduleId, ".test.ts"));
      return place < 0 ? LONG.length : place;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}
