import { EventEmitter } from "node:events";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { askSecret } from "../../cli/ask-secret.ts";
import type { Io } from "../../cli/io.ts";
import { forgetBin, keepBin, keyFilePath, readKeptBins } from "../../cli/key-file.ts";

const folders: string[] = [];
let io: Io;
let notes: string[];

beforeEach(() => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "hooklens-keys-"));
  folders.push(folder);
  notes = [];
  const env = { NODE_ENV: "test", XDG_CONFIG_HOME: path.join(folder, "config"), APPDATA: folder };
  io = { env, note: (line) => void notes.push(line) } as Partial<Io> as Io;
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const bin = (id: string, key = `hlk_${id}`) => ({
  origin: "https://h.example",
  bin: id,
  key,
  name: null,
  keptAt: "2026-11-21T12:00:00Z",
});
const modeOf = (file: string) => statSync(file).mode & 0o777;

describe("kept keys", () => {
  test("are the newest first, one for each bin, in a file for their owner alone", () => {
    expect(readKeptBins(io)).toEqual([]);
    keepBin(bin("a"), io);
    keepBin(bin("b"), io);
    keepBin(bin("a", "hlk_new"), io);
    expect(readKeptBins(io)).toEqual([bin("a", "hlk_new"), bin("b")]);
    const file = keyFilePath(io.env);
    expect([modeOf(file), modeOf(path.dirname(file))]).toEqual([0o600, 0o700]);
    expect(readdirSync(path.dirname(file))).toEqual(["keys.json"]);
    expect([forgetBin(bin("b"), io), forgetBin(bin("b"), io)]).toEqual([true, false]);
    expect(readFileSync(file, "utf8")).not.toContain("hlk_b");
  });

  test("that others could read are closed to them, and that is told", () => {
    keepBin(bin("a"), io);
    const file = keyFilePath(io.env);
    chmodSync(file, 0o644);
    expect(readKeptBins(io)).toHaveLength(1);
    expect(modeOf(file)).toBe(0o600);
    expect(notes).toEqual([expect.stringContaining("could be read by others")]);
  });
});

describe("a key that is typed", () => {
  function terminal() {
    const stdin = Object.assign(new EventEmitter(), {
      modes: [] as boolean[],
      setRawMode: (mode: boolean) => void stdin.modes.push(mode),
      setEncoding: () => {},
      resume: () => {},
      pause: () => {},
    });
    let shown = "";
    const stderr = { write: (text: string) => (shown += text) };
    return { stdin, shown: () => shown, io: { ...io, stdin, stderr } as unknown as Io };
  }

  test("is not shown; what is rubbed out is not in it, nor a terminal's marks around what was pasted", async () => {
    const { stdin, shown, io: asking } = terminal();
    const typed = askSecret("Key: ", asking);
    for (const piece of ["hlk_x", "\u007f", "\u001b[200~abc\u001b[201~", "\r"])
      stdin.emit("data", piece);
    expect(await typed).toBe("hlk_abc");
    expect(shown()).toBe("Key: \n");
    expect(stdin.modes).toEqual([true, false]);
  });

  test("can be refused with Ctrl-C: exit code 130", async () => {
    const { stdin, io: asking } = terminal();
    const typed = askSecret("Key: ", asking);
    stdin.emit("data", "hlk_\u0003");
    await expect(typed).rejects.toMatchObject({ exitCode: 130 });
    expect(stdin.modes).toEqual([true, false]);
  });
});
