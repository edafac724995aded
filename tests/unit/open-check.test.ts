import { expect, test } from "vitest";
import { isOpenCheck } from "#components/request/open-check.ts";
import type { RequestSummary } from "#lib/contract/requests.ts";

const asked = (part: object) =>
  isOpenCheck({
    method: "POST",
    target: "/",
    provider: null,
    signature: { status: "unchecked" },
    ...part,
  } as RequestSummary);

test("a check of the URL that takes a secret and was not answered is told from deliveries", () => {
  const zoom = { provider: { id: "zoom", event: "endpoint.url_validation" } };
  expect(asked(zoom)).toBe(true);
  expect(asked({ ...zoom, handshake: { id: "zoom", name: "Zoom" } })).toBe(false);
  expect(asked({ ...zoom, signature: { status: "failed" } })).toBe(false);
  expect(asked({ provider: { id: "zoom", event: "meeting.started" } })).toBe(false);
  for (const id of ["discord", "xero"]) {
    expect(asked({ provider: { id, event: null } })).toBe(true);
    expect(asked({ provider: { id, event: "INVOICE" } })).toBe(false);
  }
  expect(asked({ provider: { id: "stripe", event: null } })).toBe(false);
  for (const name of ["crc_token", "bt_challenge", "challenge_code"]) {
    expect(asked({ method: "GET", target: `/hook?a=1&${name}=x` })).toBe(true);
    expect(asked({ target: `/hook?${name}=x` })).toBe(false);
  }
});
