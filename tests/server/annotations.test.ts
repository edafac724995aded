import { describe, expect, test } from "vitest";
import type { BinMinted } from "#lib/contract/bins.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import { createCall, mint } from "#tests/helpers/call.ts";
import { near as server } from "#tests/helpers/shared-servers.ts";
import { createListing, seqs } from "#tests/helpers/listing.ts";

const call = createCall(server);
const { list, send, counts } = createListing(call);

describe("what people say of a request", () => {
  const idsOf = async (bin: BinMinted) => (await list(bin)).items.map(({ id }) => id).toReversed();
  const change = (bin: BinMinted, id: string, body: unknown) =>
    call("PATCH", `/api/bins/${bin.id}/requests/${id}`, { key: bin.key, body });
  const changeMarked = (bin: BinMinted, body: unknown) =>
    call("PATCH", `/api/bins/${bin.id}/requests`, { key: bin.key, body });
  const found = async (bin: BinMinted, q: string) =>
    seqs(await list(bin, `?q=${encodeURIComponent(q)}`));

  test("is shown with it and found by it, and null takes it away", async () => {
    const bin = await mint(call);
    await send(bin, 2);
    const [first = ""] = await idsOf(bin);
    const note = `Look here\n\u202e\u05d0 <b>`;
    const labels = [" To do ", "to  DO", "\u{1f9ea}", "\u05d0\u05d1"];
    const changed = (await change(bin, first, { note, labels })).json<CapturedRequest>();
    const kept = ["To do", "\u{1f9ea}", "\u05d0\u05d1"];
    expect(changed).toMatchObject({ seq: 1, note, noteLine: "Look here", labels: kept });
    expect(changed).not.toHaveProperty("pinned");
    const [, summary] = (await list(bin)).items;
    expect(summary).toMatchObject({ noteLine: "Look here", labels: kept });
    expect(summary).not.toHaveProperty("note");
    for (const q of ["label:TO*", "label:\u{1f9ea}", "note:here", "note:*", "-pinned:yes id:1"]) {
      expect([q, await found(bin, q)]).toEqual([q, [1]]);
    }
    expect(await found(bin, "-label:* pinned:no")).toEqual([2]);
    const listed = await call("GET", `/api/bins/${bin.id}/labels`, { key: bin.key });
    expect(listed.json()).toEqual({
      items: kept.toSorted().map((label) => ({ label, count: 1 })),
      next: null,
    });
    const plain = (await change(bin, first, { note: null, labels: [] })).json<CapturedRequest>();
    for (const name of ["note", "noteLine", "labels"]) expect(plain).not.toHaveProperty(name);
    expect(await found(bin, "note:* OR label:*")).toEqual([]);
  });

  test("that can't be kept is refused with its pointer, and nothing is changed", async () => {
    const bin = await mint(call);
    await send(bin, 1);
    const [id = ""] = await idsOf(bin);
    const many = Array.from({ length: 21 }, (_, at) => `l${at}`);
    for (const [body, pointer] of [
      [{ note: "x".repeat(4_097) }, "/note"],
      [{ note: "a\0b" }, "/note"],
      [{ labels: ["ok", "x".repeat(41)] }, "/labels/1"],
      [{ labels: ["  "] }, "/labels/0"],
      [{ labels: ["a,b"] }, "/labels/0"],
      [{ labels: ["a\u202eb"] }, "/labels/0"],
      [{ labels: ["a\nb"] }, "/labels/0"],
      [{ labels: many }, "/labels"],
      [{ pinned: "yes" }, "/pinned"],
      [{ colour: "red" }, "/colour"],
      [{ note: "not kept", provider: "nobody-known" }, "/provider"],
    ] as const) {
      const answer = await change(bin, id, body);
      expect([body, answer.json()]).toEqual([
        body,
        expect.objectContaining({ code: "invalid_fields", status: 422 }),
      ]);
      expect([body, answer.json<{ errors: { pointer: string }[] }>().errors[0]?.pointer]).toEqual([
        body,
        pointer,
      ]);
    }
    expect((await change(bin, id, {})).json()).not.toHaveProperty("note");
    expect((await change(bin, "nope", { pinned: true })).json()).toMatchObject({ status: 404 });
    const other = await mint(call);
    expect((await change(other, id, { note: "x" })).json()).toMatchObject({ status: 404 });
  });

  test("of several at once: each that can be is changed, and the others are told with why", async () => {
    const bin = await mint(call);
    await send(bin, 4);
    const ids = await idsOf(bin);
    const gone = "01998877-6655-7443-8221-1100ffeeddcc";
    const asked = { ids: [...ids.slice(0, 3), gone], addLabels: ["a", "b"], pinned: true };
    expect((await changeMarked(bin, asked)).json()).toMatchObject({
      changed: ids.slice(0, 2),
      refused: [
        { id: ids[2], code: "pins_full", detail: expect.stringContaining("MAX_PINS_PER_BIN") },
        { id: gone, code: "request_not_found" },
      ],
    });
    const labels = { ids, addLabels: ["c"], removeLabels: ["A"] };
    expect((await changeMarked(bin, labels)).json()).toEqual({ changed: ids, refused: [] });
    expect((await list(bin)).items.map(({ labels: each, pinned }) => [each, pinned])).toEqual([
      [["c"], undefined],
      [["c"], undefined],
      [["b", "c"], true],
      [["b", "c"], true],
    ]);
    for (const body of [{ ids: [] }, { ids: ["x"] }, { ids, nope: 1 }]) {
      expect((await changeMarked(bin, body)).status).toBe(422);
    }
    expect((await call("PATCH", `/api/bins/${bin.id}/requests`, { body: asked })).status).toBe(401);
  });

  test("pins have room for so much, and a clear leaves them unless it is told not to", async () => {
    const bin = await mint(call);
    await call("POST", `/in/${bin.id}`, { body: Buffer.alloc(1024 * 1024) });
    await call("POST", `/in/${bin.id}`, { body: Buffer.alloc(1024 * 1024) });
    const [first = "", second = ""] = await idsOf(bin);
    expect((await change(bin, first, { pinned: true })).json()).toMatchObject({ pinned: true });
    expect((await change(bin, second, { pinned: true, note: "x" })).json()).toMatchObject({
      status: 409,
      code: "pins_full",
      detail: expect.stringContaining("MAX_PINNED_BYTES_PER_BIN"),
    });
    const requests = `/api/bins/${bin.id}/requests`;
    expect((await call("DELETE", requests, { key: bin.key })).status).toBe(204);
    expect(seqs(await list(bin))).toEqual([1]);
    expect((await call("GET", `/api/bins/${bin.id}`, { key: bin.key })).json()).toMatchObject({
      requestCount: 1,
      pinnedCount: 1,
      oldestSeq: 1,
    });
    expect((await change(bin, first, { pinned: false })).json()).toMatchObject({
      status: 409,
      code: "pin_keeps_it",
    });
    await call("DELETE", `${requests}?pinned=true`, { key: bin.key });
    expect([await counts(bin), seqs(await list(bin))]).toEqual([[0, null, 2, 2], []]);
  });
});
