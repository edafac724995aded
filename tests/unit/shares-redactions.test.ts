import { afterAll, expect, test } from "vitest";
import { redactionSchema } from "#lib/contract/shares.ts";
import { createLog } from "#lib/log.ts";
import { type AskedRedaction, redactRequest } from "#lib/shares/redact.ts";
import { createRedactions } from "#lib/shares/redactions.ts";
import { type Given, requestOf } from "#tests/helpers/given-request.ts";

const log = createLog("silent");
const threads: { stop: () => void }[] = [];
const redactingIn = (times?: Parameters<typeof createRedactions>[1]) => {
  const redactions = createRedactions(log, times);
  threads.push(redactions);
  return redactions;
};
afterAll(() => {
  for (const { stop } of threads) stop();
});
const usual = redactingIn();

const rules = redactionSchema.parse({ emails: true });
const asked = (more: Given, id = "01999999-0000-7000-8000-000000000001"): AskedRedaction => {
  const [given, body] = requestOf(more);
  return { given: { ...given, id }, body, rules, shareId: "share" };
};

test.each([
  ["a body of text", '{"to":"jane@example.com"}'],
  ["a body of bytes", Buffer.from([0, 255, 128, 1])],
  ["a body that nothing is hidden in", "hello"],
  ["no body", ""],
])("%s is redacted by the thread as it is beside it", async (_, body) => {
  const one = asked({ body, headers: [["X-To", "jane@example.com"]] });
  const { given, rules: hide, shareId } = one;
  const expected = redactRequest(given, Buffer.from(body), { rules: hide, shareId });
  expect(await usual.redact(one)).toEqual(expected);
});

const address = "jane@example.com ";
const costly = {
  body: address.repeat(15_000),
  headers: [["X-To", address.repeat(3_000)]],
} satisfies Given;
const costlyAlone = { ...asked(costly), body: null };

test("a body that takes too long is withheld, and what is asked meanwhile has its turn", async () => {
  const redactions = redactingIn({ withBodyMs: 1 });
  // A thread that has answered once needs no time to start.
  await redactions.redact(asked({}));
  const other = { ...asked({}, "other"), body: null, shareId: "of somebody else" };
  const [withheld, kept] = await Promise.all([
    redactions.redact(asked(costly)),
    redactions.redact(other),
  ]);
  expect(withheld?.body).toHaveLength(0);
  expect(withheld?.request.hidden).toContainEqual({
    where: "body",
    name: null,
    why: "unreadable",
    count: 1,
  });
  expect(JSON.stringify(withheld)).not.toContain("jane");
  expect(kept?.request.binId).toBe("of somebody else");
});

test("a request that takes too long without its body is not shown at all", async () => {
  const redactions = redactingIn({ withoutBodyMs: 1 });
  await redactions.redact(asked({}));
  expect(await redactions.redact(costlyAlone)).toBeNull();
});
