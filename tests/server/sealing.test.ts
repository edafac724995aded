import { existsSync, readFileSync, renameSync, statSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readConfig } from "#lib/config.ts";
import { NEW_DESTINATION } from "#lib/contract/destinations.ts";
import { createLog } from "#lib/log.ts";
import { openSealer } from "#lib/secrets/open-sealer.ts";
import { createAddedHeaders } from "#lib/secrets/added-headers.ts";
import { reseal, sealLeftHeaders } from "#lib/secrets/reseal.ts";
import { Sealer } from "#lib/secrets/sealer.ts";
import { sealingKey } from "#lib/secrets/sealing-key.ts";
import { createVault } from "#lib/secrets/vault.ts";
import { toKeptHeaders } from "#lib/store/kept-headers.ts";
import { createStore } from "#lib/store/store.ts";
import { useEmbeddedDatabases } from "#tests/helpers/embedded.ts";
import { openTestStore, type TestStore } from "#tests/helpers/store.ts";

const OLD = "the old key of these tests";
const NEW = "the new key of these tests";
const BIN = "a".repeat(20);
const log = createLog("silent");
const stripe = (secret: string) => ({ provider: "stripe", secret });

describe("with an outside database", () => {
  let own: TestStore;
  beforeAll(async () => {
    own = await openTestStore();
    await own.addBin(BIN);
  });
  afterAll(() => own?.close());
  beforeEach(async () => {
    await own.database.prisma.secret.deleteMany();
    await own.database.prisma.destination.deleteMany();
    await own.database.prisma.sealingKey.deleteMany();
  });

  const open = (SECRET_KEY?: string) =>
    openSealer({
      config: readConfig({ NODE_ENV: "test", ...(SECRET_KEY ? { SECRET_KEY } : {}) }),
      embedded: false,
      store: own.store,
    });
  const vaultWith = async (keys?: string) =>
    createVault({ store: own.store, sealer: await open(keys), log });
  const values = async (keys: string) =>
    (await (await vaultWith(keys)).ofBin(BIN)).map(({ value }) => value);

  test("nothing can be sealed without SECRET_KEY", async () => {
    const vault = await vaultWith();
    await expect(vault.add(BIN, stripe("whsec_1"))).rejects.toMatchObject({
      code: "no_secret_key",
      message: expect.stringContaining("SECRET_KEY"),
    });
  });

  test("a start with the wrong SECRET_KEY, or with none, ends in one line; with the right one it goes on", async () => {
    await (await vaultWith(OLD)).add(BIN, stripe("whsec_1"));
    await expect(open(NEW)).rejects.toThrow(
      /^SECRET_KEY does not open the signing secrets [^\n]+$/,
    );
    await expect(open()).rejects.toThrow(/^The signing secrets in this database are sealed[^\n]+$/);
    expect(await values(OLD)).toEqual(["whsec_1"]);
  });

  test("a new key in front seals, the old one still opens, and after reseal it can go", async () => {
    await (await vaultWith(OLD)).add(BIN, stripe("whsec_1"));
    await (await vaultWith(`${NEW},${OLD}`)).add(BIN, stripe("whsec_2"));
    expect(await values(`${NEW}, ${OLD}`)).toEqual(["whsec_2", "whsec_1"]);
    await expect(open(OLD)).rejects.toThrow(/^SECRET_KEY does not open/);
    const rotated = new Sealer(sealingKey(NEW), [sealingKey(OLD)]);
    expect(await reseal(own.store, rotated, { dropLost: false })).toEqual({ resealed: 1, lost: 0 });
    expect(await reseal(own.store, rotated, { dropLost: false })).toEqual({ resealed: 0, lost: 0 });
    expect(await values(NEW)).toEqual(["whsec_2", "whsec_1"]);
    await expect(open(OLD)).rejects.toThrow(/^SECRET_KEY does not open/);
  });

  test("the headers of a destination from before are sealed, sealed anew, and with a lost key it stops", async () => {
    const { prisma } = own.database;
    const id = "0199b2f4-0000-7000-8000-00000000dddd";
    const add: [string, string][] = [["Authorization", "Bearer 1"]];
    const { retry, breaker, headers: _, ...plain } = NEW_DESTINATION;
    const columns = { ...plain, retry, breaker, addHeaders: add, removeHeaders: [] };
    await prisma.destination.create({
      data: { id, binId: BIN, url: "http://h/", cursor: 0, ...columns },
    });
    const read = async () => prisma.destination.findUniqueOrThrow({ where: { id } });
    const opened = async (sealer: Sealer) =>
      createAddedHeaders(sealer).open({ binId: BIN, rowId: id }, toKeptHeaders(await read()));

    const old = new Sealer(sealingKey(OLD));
    expect(await opened(old)).toEqual(add);
    await sealLeftHeaders(own.store, createAddedHeaders(old));
    expect((await read()).addHeaders).toEqual([["Authorization", null]]);
    expect(await opened(old)).toEqual(add);
    await expect(open(NEW)).rejects.toThrow(/^SECRET_KEY does not open/);

    const rotated = new Sealer(sealingKey(NEW), [sealingKey(OLD)]);
    expect(await reseal(own.store, rotated, { dropLost: false })).toEqual({ resealed: 1, lost: 0 });
    const anew = new Sealer(sealingKey(NEW));
    expect([await opened(old), await opened(anew)]).toEqual([null, add]);
    expect(await reseal(own.store, old, { dropLost: true })).toEqual({ resealed: 0, lost: 1 });
    expect(await read()).toMatchObject({ enabled: false, addHeaders: [], headersSealed: null });
    await prisma.destination.delete({ where: { id } });
  });

  test("what is lost stays until it is given up; then the start goes on", async () => {
    await (await vaultWith(OLD)).add(BIN, stripe("whsec_1"));
    const other = new Sealer(sealingKey(NEW));
    expect(await reseal(own.store, other, { dropLost: false })).toEqual({ resealed: 0, lost: 1 });
    await expect(open(NEW)).rejects.toThrow(/--drop-lost/);
    expect(await reseal(own.store, other, { dropLost: true })).toEqual({ resealed: 0, lost: 1 });
    expect(await values(NEW)).toEqual([]);
  });

  test("a value that was moved into another row counts for nothing, and the others still do", async () => {
    const vault = await vaultWith(OLD);
    const first = await vault.add(BIN, stripe("whsec_1"));
    const second = await vault.add(BIN, stripe("whsec_2"));
    await own.database.pool.query(
      "UPDATE secrets SET sealed = (SELECT sealed FROM secrets WHERE id = $1) WHERE id = $2",
      [first.id, second.id],
    );
    expect(await values(OLD)).toEqual(["whsec_1"]);
  });

  test("hundreds are sealed anew, in slices", async () => {
    const old = new Sealer(sealingKey(OLD));
    const rows = Array.from({ length: 250 }, (_, index) => {
      const id = `0199b2f4-0000-7000-8000-${String(index).padStart(12, "0")}`;
      const { keyId, bytes } = old.seal(`secret ${index}`, { binId: BIN, rowId: id });
      return { id, binId: BIN, provider: "stripe", keyId, sealed: new Uint8Array(bytes) };
    });
    const check = { id: old.keyId, check: new Uint8Array(old.check().bytes) };
    await own.database.prisma.sealingKey.create({ data: check });
    await own.database.prisma.secret.createMany({ data: rows });
    const rotated = new Sealer(sealingKey(NEW), [sealingKey(OLD)]);
    expect((await reseal(own.store, rotated, { dropLost: false })).resealed).toBe(250);
    expect(new Set(await values(NEW)).size).toBe(250);
  });
});

describe("with the embedded database", () => {
  const databases = useEmbeddedDatabases();

  test("the key is made by itself, kept for this user alone, and found again; without it the start ends", async () => {
    const { dataDir } = databases;
    const database = await databases.open();
    const store = createStore(database);
    const open = (SECRET_KEY?: string) => {
      const given = { NODE_ENV: "test", DATA_DIR: dataDir, ...(SECRET_KEY ? { SECRET_KEY } : {}) };
      return openSealer({ config: readConfig(given as NodeJS.ProcessEnv), embedded: true, store });
    };
    const file = path.join(dataDir, "secret-key");
    const first = await open();
    expect(readFileSync(file, "utf8")).toMatch(/^[\w-]{43}\n$/);
    if (process.platform !== "win32") expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await open())?.keyId).toBe(first?.keyId);
    const given = await open(NEW);
    expect(given?.keyId).not.toBe(first?.keyId);
    const place = { binId: BIN, rowId: "x" };
    expect(first && given?.open(first.seal("kept", place), place)).toBe("kept");

    await database.prisma.bin.create({ data: { id: BIN } });
    await createVault({ store, sealer: first, log }).add(BIN, stripe("whsec_1"));
    renameSync(file, `${file}-away`);
    await expect(open()).rejects.toThrow(/^The signing secrets in this database are sealed/);
    expect(existsSync(file)).toBe(false);
    renameSync(`${file}-away`, file);
    expect((await open())?.keyId).toBe(first?.keyId);
  });
});
