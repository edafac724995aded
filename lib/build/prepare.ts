// What `npm start`, `npm run dev` and `npm run build` do first: the Prisma client, the command, then the pages. Quick when
// nothing changed.
import { messageOf } from "../message-of.ts";
import { prepareCli } from "./prepare-cli.ts";
import { prepareClient } from "./prepare-client.ts";
import { preparePages } from "./prepare-pages.ts";

try {
  const force = process.argv.includes("--force");
  const say = (line: string) => process.stdout.write(`${line}\n`);
  prepareClient();
  await prepareCli({ force, say });
  if (!process.argv.includes("--client-only")) preparePages({ force, say });
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
}
