// Runs before any TypeScript does, so plain JavaScript that Node 20 understands: says in one line that Node is too old,
// or goes on with the file given, whose path is relative to this one.
const OLDEST = [24, 9];

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const [file] = process.argv.slice(2);

if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  console.error(
    `Hooklens needs Node ${OLDEST.join(".")} or newer; this is ${process.version}. ` +
      "Run `npm install` without --omit=optional (it brings a Node of its own), or install Node 24.",
  );
  process.exit(1);
}
if (!file) throw new Error("Usage: node check-node.mjs <file> [arguments]");
await import(new URL(file, import.meta.url).href);
