import path from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What takes ten seconds or more, the longest first. */
const LONG = [
  "outage",
  "ssrf",
  "cli-away",
  "import",
  "cli-listen",
  "cli-commands",
  "secrets",
  "resends",
  "memory",
  "live-processes",
  "relay-hostile",
  "durability",
  "overload",
  "fidelity",
  "janitor",
  "embedded",
  "destination-chaos",
  "copy-as",
  "embedded-folder",
  "live",
  "drain",
  "relay-chaos",
  "live-cuts",
  "embedded-killed",
  "limits",
  "api-keys",
  "destinations",
  "api-requests",
  "outside-database",
  "access",
  "shares",
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
