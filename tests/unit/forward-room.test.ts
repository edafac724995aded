import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ForwardRoom } from "#lib/forward/room.ts";

describe("room for forwards", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("a bin has at most a quarter; the others go on", async () => {
    const room = new ForwardRoom(100);
    const leave = await room.enter("a", 20);
    const waiting = settled(room.enter("a", 10));
    expect(await room.enter("b", 25)).toBeTypeOf("function");
    expect(waiting()).toBe(false);
    leave?.();
    await Promise.resolve();
    expect(waiting()).toBe(true);
  });

  test("a body larger than a share enters when its bin holds nothing, one larger than all when nobody does", async () => {
    const room = new ForwardRoom(100);
    const small = await room.enter("a", 1);
    const large = settled(room.enter("b", 500));
    expect(large()).toBe(false);
    expect(await room.enter("c", 60)).toBeTypeOf("function");
    small?.();
    await Promise.resolve();
    expect(large()).toBe(false);
  });

  test("who finds no room in five seconds is told, and takes none later", async () => {
    const room = new ForwardRoom(100);
    const leave = await room.enter("a", 100);
    const late = room.enter("b", 10);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await late).toBeNull();
    leave?.();
    expect(await room.enter("c", 100)).toBeTypeOf("function");
  });
});

function settled(promise: Promise<unknown>): () => boolean {
  let done = false;
  void promise.then(() => {
    done = true;
  });
  return () => done;
}
