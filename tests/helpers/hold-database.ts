// A process that opens the database of DATA_DIR (or DATABASE_URL), says how that went in one line of JSON, and holds it
// until SIGTERM: what a server does, without the rest of it.
import { readConfig } from "#lib/config.ts";
import { createLog } from "#lib/log.ts";
import { openDatabase } from "#lib/store/database.ts";

const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

try {
  const database = await openDatabase(readConfig(process.env), createLog("silent"));
  process.once("SIGTERM", () => void database.stop());
  say({ url: database.url });
} catch (error) {
  say({ refused: error instanceof Error ? error.message : String(error) });
}
