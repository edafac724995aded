// Runs copied fetch programs one after the other: `node run-fetch.mjs copies.json`. Prints what went wrong with each.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const SAVE = `
globalThis.savedHead = [...response.headers].map(([name, value]) => name + ": " + value).join("\\n");`;

const outcomes = [];
console.log = () => {};
for (const { folder, text } of JSON.parse(readFileSync(process.argv[2], "utf8"))) {
  process.chdir(folder);
  const file = path.join(folder, "copy.mjs");
  writeFileSync(file, text + SAVE);
  try {
    await import(pathToFileURL(file).href);
    writeFileSync("head.txt", globalThis.savedHead);
    outcomes.push(null);
  } catch (error) {
    outcomes.push(`${error} ${error.cause ?? ""}`);
  }
}
process.stdout.write(JSON.stringify(outcomes), () => process.exit());
