import { describe, expect, test, vi } from "vitest";
import { Wake } from "#lib/destinations/wake.ts";

describe("a loop that waits", () => {
  test("goes on when something happens, and once for it", async () => {
    vi.useFakeTimers();
    const wake = new Wake();
    const woken = vi.fn();
    void wake.wait(1_000).then(woken);
    wake.notify();
    await vi.advanceTimersByTimeAsync(0);
    expect(woken).toHaveBeenCalledTimes(1);
    void wake.wait(1_000).then(woken);
    await vi.advanceTimersByTimeAsync(999);
    expect(woken).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(woken).toHaveBeenCalledTimes(2);
    vi.useRealTimers();
  });

  test("does not wait for what has happened while it was at work", async () => {
    vi.useFakeTimers();
    const wake = new Wake();
    wake.notify();
    const woken = vi.fn();
    void wake.wait(1_000).then(woken);
    await vi.advanceTimersByTimeAsync(0);
    expect(woken).toHaveBeenCalledTimes(1);
    vi.useRealTimers();
  });
});
