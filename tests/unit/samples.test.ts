import { describe, expect, test } from "vitest";
import { recognise } from "#lib/providers/recognise.ts";
import { freshNow } from "#lib/samples/fresh.ts";
import { samples } from "#lib/samples/samples.ts";
import { signSample } from "#lib/samples/signed.ts";
import { toRequest } from "#lib/signatures/draft.ts";
import { verify } from "#lib/signatures/verify.ts";

const NOW = Date.UTC(2026, 10, 21, 14, 3, 22);
const URL_SEEN = "https://hooks.example/in/bin/sample";

const made = samples.map((sample) => ({ ...sample, request: sample.make(freshNow(NOW)) }));

const draftOf = ({ request }: (typeof made)[number]) => ({
  method: "POST",
  url: URL_SEEN,
  headers: request.headers,
  body: new TextEncoder().encode(request.body),
});

describe("the samples", () => {
  test("are of at least 12 providers, and of the big ones there are several", () => {
    expect(new Set(samples.map(({ provider }) => provider)).size).toBeGreaterThanOrEqual(12);
    for (const big of ["stripe", "github", "shopify", "slack"]) {
      expect(samples.filter(({ provider }) => provider === big).length).toBeGreaterThan(1);
    }
  });

  test("have each a name of its own", () => {
    const names = samples.map(({ provider, event }) => `${provider} ${event}`);
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(made.map((each) => [each.provider, each.event, each] as const))(
    "%s %s is recognised, verifies by what is shown, and by nothing else",
    async (provider, event, each) => {
      const { draft, by } = await signSample(draftOf(each), provider, [], NOW);
      const body = Buffer.from(draft.body);
      expect(recognise(draft.headers, "/sample", body)).toMatchObject({ id: provider, event });
      expect(by.kind).toBe("shown");
      if (by.kind !== "shown") return;
      const request = toRequest(draft, NOW + 1_000);
      const judged = (value: string, sent = request) =>
        verify(sent, provider, [{ id: "s", provider, value }]);
      expect(await judged(by.secret)).toMatchObject({ status: "verified", reason: null });
      const flipped = Buffer.from(body);
      flipped[flipped.length - 3] = (flipped.at(-3) ?? 0) ^ 1;
      const isTold = !["gitlab", "mailgun"].includes(provider);
      const verdict = await judged(by.secret, { ...request, body: flipped });
      if (isTold) expect(verdict.status).toBe("failed");
    },
  );

  test.each(made.map((each) => [each.provider, each.event, each] as const))(
    "%s %s happened shortly before, and has ids of its own each time",
    (provider, _, each) => {
      const facts = recognise(each.request.headers, "", Buffer.from(each.request.body));
      const other = samples.find(({ event }) => event === each.event)?.make(freshNow(NOW));
      expect(other?.body).not.toBe(each.request.body);
      const at = facts?.occurredAtUs ?? null;
      if (at === null) return;
      expect(at / 1000).toBeLessThanOrEqual(NOW);
      expect(at / 1000).toBeGreaterThan(NOW - 120_000);
      expect(provider).toBe(facts?.id);
    },
  );

  test("are signed with the bin's secret of that provider, and with no other's", async () => {
    const push = made.find(({ event }) => event === "push");
    if (!push) throw new Error("no push");
    const kept = [
      { id: "1", provider: "stripe", value: "whsec_x" },
      { id: "2", provider: "github", value: "It's a Secret to Everybody" },
    ];
    const { draft, by } = await signSample(draftOf(push), "github", kept, NOW);
    expect(by).toEqual({ kind: "kept", id: "2" });
    const verdict = await verify(toRequest(draft, NOW), "github", kept);
    expect(verdict).toMatchObject({ status: "verified", secretId: "2" });
    expect(draft.headers.map(([name]) => name)).toEqual(push.request.headers.map(([name]) => name));
  });
});
