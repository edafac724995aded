import { INLINE_BODY_BYTES_MAX } from "../contract/draft.ts";
import type { Judge } from "../secrets/judge.ts";
import type { Secret, SignedRequest } from "../signatures/subject.ts";
import type { Verdict } from "../signatures/verdict.ts";

/** A body in pieces is put together for the time of its judgement: it is in memory twice. */
const LARGE_AT_ONCE = 2;

export type Judged = {
  request: Omit<SignedRequest, "body">;
  pieces: readonly Buffer[];
  bodySize: number;
  providerId: string | null;
  secrets: readonly Secret[];
};

/** Judges signatures of requests on their way to the writer; large bodies wait for each other. */
export class Judging {
  readonly #judge: Judge;
  #large = 0;
  #waiting: (() => void)[] = [];
  #running = 0;
  #idle: (() => void)[] = [];

  constructor(judge: Judge) {
    this.#judge = judge;
  }

  /** Calls back once, with the verdict. */
  judge(judged: Judged, done: (verdict: Verdict) => void): void {
    this.#running += 1;
    const judging =
      judged.bodySize > INLINE_BODY_BYTES_MAX ? this.#inTurn(judged) : this.#now(judged);
    void judging.then(done).finally(() => {
      this.#running -= 1;
      if (this.#running === 0) for (const resolve of this.#idle.splice(0)) resolve();
    });
  }

  /** Resolves when nothing is being judged. */
  async settled(): Promise<void> {
    if (this.#running > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  #now({ request, pieces, providerId, secrets }: Judged): Promise<Verdict> {
    const [first] = pieces;
    const body = pieces.length === 1 && first ? first : Buffer.concat(pieces);
    return this.#judge({ ...request, body }, providerId, secrets);
  }

  async #inTurn(judged: Judged): Promise<Verdict> {
    if (this.#large < LARGE_AT_ONCE) this.#large += 1;
    else await new Promise<void>((begin) => this.#waiting.push(begin));
    try {
      return await this.#now(judged);
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#large -= 1;
    }
  }
}
