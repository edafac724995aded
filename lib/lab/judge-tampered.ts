import type { Verdict } from "../contract/experiments.ts";
import { type Outcome, isTaken } from "./outcome.ts";

/** Whose signature stands beside the changed byte, and whether it covers it. */
export type Signing = { provider: string | null; coversBody: boolean };

/** The request as it came, and then with one byte of its body changed under the same signature. */
export function judgeTampered(outcomes: readonly Outcome[], signing: Signing): Verdict {
  const [plain, changed] = outcomes;
  const compare: Verdict["compare"] = [0, 1];
  if (!plain || !changed || !isTaken(plain)) {
    return {
      result: "unsure",
      title: `It refused the unchanged one too, with ${plain?.status ?? "no answer"}`,
      why: "So what it says of the changed one tells nothing. If the captured signature has become too old for it, or was made for another secret, sign again.",
      compare,
    };
  }
  if (isTaken(changed)) return taken(changed, signing, compare);
  const status = changed.status ?? 0;
  if (status >= 400 && status < 500) {
    return {
      result: "passed",
      title: "It refused the changed byte: it verifies",
      why: `As it came the request was answered ${plain.status}, with one byte changed under the same signature ${status}.`,
      compare,
    };
  }
  return {
    result: "unsure",
    title: `It did not take the changed byte, but answered ${status}`,
    why: "A refusal is a 4xx, such as 400 or 401. This may be one, or something else that went wrong: look at its answer.",
    compare,
  };
}

function taken(
  { status }: Outcome,
  { provider, coversBody }: Signing,
  compare: Verdict["compare"],
): Verdict {
  if (coversBody) {
    return {
      result: "found",
      title: `It took the changed byte with ${status}: it does not verify`,
      why: "Anybody who knows its URL can send it anything. Check the signature over the bytes as they came, before anything else, and answer 4xx where it does not fit.",
      compare,
    };
  }
  return {
    result: "unsure",
    title: `It took the changed byte with ${status}`,
    why: provider
      ? `As far as Hooklens knows, ${provider} does not sign every byte of the body, so a handler that verifies may take it.`
      : "Hooklens does not know who sent it, and so not whether it bears a signature that covers the body.",
    compare,
  };
}
