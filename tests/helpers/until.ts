import { setTimeout as sleep } from "node:timers/promises";

/** Of how long it has waited already, and in milliseconds: a question costs more than its answer is late. */
const PAUSE = { share: 0.05, least: 10, most: 200 };

/** Asks again and again, ever less often, until there is an answer (anything but undefined, null and false). */
export async function until<Answer>(
  ask: () => Answer | Promise<Answer>,
  what: string,
  ms = 60_000,
): Promise<NonNullable<Exclude<Answer, false>>> {
  const since = performance.now();
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) {
      return answer as NonNullable<Exclude<Answer, false>>;
    }
    const waitedMs = performance.now() - since;
    if (waitedMs > ms) throw new Error(`Waited ${ms} ms for ${what} in vain.`);
    await sleep(Math.min(Math.max(PAUSE.least, waitedMs * PAUSE.share), PAUSE.most));
  }
}
