import { describe, expect, inject, test } from "vitest";
import { readConfig } from "#lib/config.ts";
import { createLog } from "#lib/log.ts";
import { openDatabase } from "#lib/store/database.ts";

const log = createLog("silent");

describe("an outside database", () => {
  test("that is not there ends the start with one line, without the password", async () => {
    const url = "postgresql://someone:secret@127.0.0.1:1/nowhere";
    const config = readConfig({ DATABASE_URL: url, NODE_ENV: "test" });
    const opening = openDatabase(config, log);
    await expect(opening).rejects.toThrow(
      /^The database can't be used: connect ECONNREFUSED 127\.0\.0\.1:1\.$/,
    );
  });

  test("with the wrong password ends the start at once", async () => {
    const url = new URL(inject("postgresUrl"));
    url.password = "wrong";
    const config = readConfig({ DATABASE_URL: url.href, NODE_ENV: "test" });
    await expect(openDatabase(config, log)).rejects.toThrow(
      /^The database can't be used: password authentication failed/,
    );
  });
});
