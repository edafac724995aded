import type { Log } from "../log.ts";
import { gather } from "./gather.ts";

/** Below the 5 s within which the sockets of what was revoked, was forgotten or has ended are closed everywhere. */
const LOOK_EVERY_MS = 4_000;

/** Compares what this process holds open with the tables: all of it every 4 s, and at once what is asked for. */
export abstract class Looks {
  readonly #gathered: ReturnType<typeof gather>;
  #timer: NodeJS.Timeout | undefined;

  constructor(log: Log, failure: string) {
    // While the database is away the sockets stay; the next poll tries again.
    this.#gathered = gather((ids) =>
      this.look(ids).catch((error: unknown) => log.debug({ err: error }, failure)),
    );
  }

  protected abstract look(ids: readonly string[]): Promise<void>;

  /** Soon, in one look with what else is asked for meanwhile. */
  protected lookAt(id: string): void {
    this.#gathered.ask(id);
  }

  abstract askAll(): void;

  start(): void {
    this.#timer = setInterval(() => this.askAll(), LOOK_EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#gathered.clear();
  }
}
