// What `npm start`, `npm run dev` and `npm run build` do first: the Prisma client, then the pages. Quick when nothing changed.
import { prepareClient } from "./prepare-client.ts";
import { preparePages } from "./prepare-pages.ts";

try {
  prepareClient();
  if (!process.argv.includes("--client-only")) {
    const say = (line: string) => process.stdout.write(`${line}\n`);
    preparePages({ force: process.argv.includes("--force"), say });
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
