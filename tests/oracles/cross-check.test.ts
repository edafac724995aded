import { describe, expect, test } from "vitest";
import { schemesOf } from "#lib/signatures/schemes.ts";
import { sign } from "#lib/signatures/sign.ts";
import { verify } from "#lib/signatures/verify.ts";
import { type Delivery, flipped, isAccepted, type Oracle } from "./oracle.ts";
import { oracles } from "./oracles.ts";

const DAY_MS = 24 * 3_600_000;

const secretOf = ({ provider, secret }: Oracle) => ({ id: "s1", provider, value: secret });

const verdictOf = (oracle: Oracle, given: Delivery) =>
  verify({ ...given, isBodyWhole: true, receivedAtMs: Date.now() }, oracle.provider, [
    secretOf(oracle),
  ]);

async function signAgain(oracle: Oracle, given: Delivery): Promise<Delivery> {
  const signed = await sign(given, oracle.provider, secretOf(oracle), { nowMs: Date.now() });
  const { headers, body, url } = signed;
  return { method: given.method, headers, url, body: Buffer.from(body) };
}

const named = oracles.map(
  (oracle) => [`${oracle.provider} (${oracle.scheme}), judged by ${oracle.by}`, oracle] as const,
);

describe.each(named)("%s", (_, oracle) => {
  test("what it signs is verified, and not with a bit of it turned over", async () => {
    const signed = await oracle.sign(oracle.delivery, Date.now());
    expect(await verdictOf(oracle, signed)).toMatchObject({ status: "verified", reason: null });
    expect((await verdictOf(oracle, flipped(oracle, signed))).status).toBe("failed");
  });

  test("without a signature it is told as missing", async () => {
    expect(await verdictOf(oracle, oracle.delivery)).toMatchObject({
      status: "failed",
      reason: "missing",
    });
  });

  test("what it refuses as too old is stale, and matches all the same", async () => {
    const signed = await oracle.sign(oracle.delivery, Date.now() - DAY_MS);
    const { status, reason } = await verdictOf(oracle, signed);
    expect(status).toBe("verified");
    if (oracle.refusesOld) expect(reason).toBe("stale");
  });
});

describe.each(named.filter(([, { onlySender }]) => !onlySender))("%s", (_, oracle) => {
  test("what is signed a day later is accepted, and not with a bit of it turned over", async () => {
    const old = await oracle.sign(oracle.delivery, Date.now() - DAY_MS);
    const signed = await signAgain(oracle, old);
    expect(await isAccepted(oracle, signed)).toBe(true);
    expect(await isAccepted(oracle, flipped(oracle, signed))).toBe(false);
  });
});

describe.each(named.filter(([, { onlySender, neverAnew }]) => !onlySender && !neverAnew))(
  "%s",
  (_, oracle) => {
    test("what was never signed can be, and is accepted", async () => {
      expect(await isAccepted(oracle, await signAgain(oracle, oracle.delivery))).toBe(true);
    });
  },
);

test("there is a scheme for everything that a package judges", () => {
  expect(oracles.filter(({ provider }) => schemesOf(provider).length === 0)).toEqual([]);
  expect(new Set(oracles.map(({ provider }) => provider)).size).toBeGreaterThanOrEqual(15);
});
