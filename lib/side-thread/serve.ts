import { parentPort } from "node:worker_threads";
import type { AnswerMessage, AskedMessage } from "./side-thread.ts";

/** In the thread: answers what it is asked. What is thrown here ends the thread. */
export function serve<Asked, Outcome>(answer: (asked: Asked) => Outcome | Promise<Outcome>): void {
  async function reply({ id, asked }: AskedMessage<Asked>): Promise<void> {
    const outcome = await answer(asked);
    parentPort?.postMessage({ id, outcome } satisfies AnswerMessage<Outcome>);
  }
  parentPort?.on("message", (message: AskedMessage<Asked>) => void reply(message));
}
