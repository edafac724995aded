import type { BinMinted, Page } from "#lib/contract/bins.ts";
import type { Attempt, Forward } from "#lib/contract/forwards.ts";

export type Problem = {
  status: number;
  code: string;
  detail: string;
  errors?: { pointer: string; detail: string }[];
};

/** A bin of its own, with what a forward test does to it over the API. */
export async function mintBin(origin: string) {
  const minted = await fetch(`${origin}/api/bins`, { method: "POST" });
  const bin = (await minted.json()) as BinMinted;
  const headers = { Authorization: `Bearer ${bin.key}`, "Content-Type": "application/json" };
  const urlOf = (requestId: string) =>
    `${origin}/api/bins/${bin.id}/requests/${requestId}/forwards`;

  /** Captures a request and answers its id. */
  async function capture(init: RequestInit = { method: "POST", body: "hi" }, path = "") {
    const response = await fetch(`${origin}/in/${bin.id}${path}`, init);
    return response.headers.get("Hooklens-Request-Id") ?? "";
  }

  const post = (requestId: string, input: object) =>
    fetch(urlOf(requestId), { method: "POST", headers, body: JSON.stringify(input) });

  /** Forwards and answers the settled forward. */
  async function forward(requestId: string, input: object): Promise<Forward> {
    const response = await post(requestId, input);
    if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
    return (await response.json()) as Forward;
  }

  /** Forwards and answers why it was refused. */
  async function refusal(requestId: string, input: object): Promise<Problem> {
    const response = await post(requestId, input);
    return { ...((await response.json()) as Problem), status: response.status };
  }

  async function list(requestId: string, query = ""): Promise<Page<Forward>> {
    const response = await fetch(`${urlOf(requestId)}${query}`, { headers });
    return (await response.json()) as Page<Forward>;
  }

  return { ...bin, capture, post, forward, refusal, list };
}

export function onlyAttempt(forward: Forward): Attempt {
  const [attempt] = forward.attempts;
  if (!attempt || forward.attempts.length > 1) throw new Error("Not one attempt");
  return attempt;
}
