import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { schemesOf } from "#lib/signatures/schemes.ts";
import { verify } from "#lib/signatures/verify.ts";
import { isAccepted, type Oracle } from "./oracle.ts";
import { oracles } from "./oracles.ts";

const NOW_MS = Date.UTC(2026, 10, 21, 15, 0, 0);

beforeAll(() => vi.useFakeTimers({ toFake: ["Date"], now: NOW_MS }));
afterAll(() => vi.useRealTimers());

/** Whether the package and the engine take what was signed so many seconds ago for fresh. */
async function judges(oracle: Oracle, ageSeconds: number) {
  const { provider, secret } = oracle;
  const signed = await oracle.sign(oracle.delivery, NOW_MS - ageSeconds * 1_000);
  const request = { ...signed, isBodyWhole: true, receivedAtMs: NOW_MS };
  const verdict = await verify(request, provider, [{ id: "s1", provider, value: secret }]);
  expect(verdict.status).toBe("verified");
  const scheme = schemesOf(provider).find(({ id }) => id === verdict.scheme);
  const tolerance = scheme?.time?.toleranceSeconds ?? null;
  return { theirs: await isAccepted(oracle, signed), ours: verdict.reason === null, tolerance };
}

const timed = oracles
  .filter(({ refusesOld }) => refusesOld)
  .map(
    (oracle) => [`${oracle.provider} (${oracle.scheme}), judged by ${oracle.by}`, oracle] as const,
  );

test.each(timed)(
  "%s: the same requests are too old, or from too far in the future",
  async (_, oracle) => {
    const { tolerance } = await judges(oracle, 0);
    if (tolerance === null) throw new Error("no tolerance");
    // For a token the packages allow less of the future than a scheme can say.
    const near = oracle.isToken ? [] : [-tolerance + 1];
    for (const age of [0, tolerance - 1, tolerance + 2, ...near, -tolerance - 60]) {
      const { theirs, ours } = await judges(oracle, age);
      expect([age, ours]).toEqual([age, theirs]);
    }
  },
);
