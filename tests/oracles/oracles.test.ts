import { describe, expect, test } from "vitest";
import { flipped, isAccepted, type Oracle } from "./oracle.ts";
import { oracles } from "./oracles.ts";

const DAY_MS = 24 * 3_600_000;
const named = oracles.map(
  (oracle) => [`${oracle.provider} (${oracle.scheme})`, oracle] as [string, Oracle],
);

describe.each(named)("the official judge of %s", (_, oracle) => {
  test("accepts what is signed, no more when a bit of it is turned over, and nothing unsigned", async () => {
    const signed = await oracle.sign(oracle.delivery, Date.now());
    expect(await isAccepted(oracle, signed)).toBe(true);
    expect(await isAccepted(oracle, flipped(oracle, signed))).toBe(false);
    expect(await isAccepted(oracle, oracle.delivery)).toBe(false);
  });

  test(`${oracle.refusesOld ? "refuses" : "accepts"} what was signed a day ago`, async () => {
    const signed = await oracle.sign(oracle.delivery, Date.now() - DAY_MS);
    expect(await isAccepted(oracle, signed)).toBe(!oracle.refusesOld);
  });
});
