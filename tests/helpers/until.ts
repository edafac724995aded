import { setTimeout as sleep } from "node:timers/promises";

/** Asks again and again until there is an answer (anything but undefined, null and false). */
export async function until<Answer>(
  ask: () => Answer | Promise<Answer>,
  what: string,
  ms = 30_000,
): Promise<NonNullable<Exclude<Answer, false>>> {
  const deadline = performance.now() + ms;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) {
      return answer as NonNullable<Exclude<Answer, false>>;
    }
    if (performance.now() > deadline) throw new Error(`Waited ${ms} ms for ${what} in vain.`);
    await sleep(10);
  }
}
