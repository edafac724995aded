import {
  type AnsweredEvent,
  type GoneCode,
  type LiveEvent,
  type LivePayload,
  type Removal,
} from "../contract/events.ts";
import type { Listener } from "../contract/listeners.ts";
import type { RequestSummary } from "../contract/requests.ts";
import type { Log } from "../log.ts";
import { cut, type Page } from "./page.ts";
import type { Subscriber } from "./subscriber.ts";
import { type ListAfter, TableReader } from "./table-reader.ts";
import { Window } from "./window.ts";

const PUSH_EVERY_MS = 50;
const READ_RETRY_MS = 1_000;
/** Further behind than this a reader is better served by the list. */
const BEHIND_MAX = 1_000;
const ANSWERS_MAX = 200;

/** Sends one event to the sockets with these ids, encoded once. */
export type Emit = <Event extends LiveEvent>(
  ids: readonly string[],
  event: Event,
  payload: LivePayload<Event>,
) => void;

type ChannelParts = {
  emit: Emit;
  listAfter: ListAfter;
  log: Log;
};

/**
 * One bin in this process: who watches it, and what they have to be told.
 *
 * News only moves `knownSeq` and `revision` up; `#push` then compares every subscriber's cursor with them and hands over
 * the next page. So it does not matter in which order news comes, by which way (this process's writer, a hint, the poll),
 * or how often. Seqs are given under a row lock, in commit order, without holes. Therefore:
 *
 * - `#knownSeq`: every seq up to it is committed; a read begun now sees each of these rows that was not removed.
 * - `#revision`: the last removal that is known. Nothing that was removed up to it is handed over any more: it is out of
 *   the window, and a read that it overtook is corrected (when we know what was removed) or thrown away.
 * - `#window`: rows up to `#knownSeq` at most, taken from the writer only when they follow `#knownSeq` without a gap.
 *   After a gap (another process wrote) the readers below it are served from `#table`.
 * - A subscriber is told a revision only together with, or after, everything that was removed up to it.
 * - Reads are made one after the other, a page for each different cursor, and never hold up who is served from memory.
 */
export class Channel {
  readonly #parts: ChannelParts;
  readonly #subscribers = new Map<string, Subscriber>();
  readonly #window = new Window();
  readonly #table: TableReader;
  /** Null until they were read. */
  #listeners: Listener[] | null = null;
  #knownSeq = 0;
  #revision = 0;
  #catchingUp = false;
  #pushNotBefore = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: ChannelParts) {
    this.#parts = parts;
    this.#table = new TableReader(parts.listAfter);
  }

  get subscribers(): Iterable<Subscriber> {
    return this.#subscribers.values();
  }

  get knownSeq(): number {
    return this.#knownSeq;
  }

  /** From now on it gets what is above its cursor, and first its position. */
  join(subscriber: Subscriber): void {
    // A cursor above the head is not one of ours: the client must look at the list.
    if (subscriber.cursor > this.#knownSeq) subscriber.lost = true;
    this.#subscribers.set(subscriber.id, subscriber);
    subscriber.onDrain(() => {
      if (subscriber.lost) this.#schedule();
    });
    this.#schedule();
  }

  leave(id: string): void {
    this.#subscribers.delete(id);
  }

  /** A committed run of this process; `rows` is empty when nobody watched at the time. */
  captured(firstSeq: number, lastSeq: number, rows: readonly RequestSummary[]): void {
    const isWhole = rows.length === lastSeq - firstSeq + 1;
    if (isWhole && firstSeq === this.#knownSeq + 1) this.#window.append(firstSeq, lastSeq, rows);
    this.advance(lastSeq);
  }

  /** How far the bin is, from a hint or from the table. */
  advance(lastSeq: number, revision = this.#revision): void {
    this.#knownSeq = Math.max(this.#knownSeq, lastSeq);
    if (revision > this.#revision) {
      this.#revision = revision;
      this.#distrust();
    }
    this.#schedule();
  }

  removed(removal: Removal): void {
    if (removal.revision <= this.#revision) return;
    if (removal.revision === this.#revision + 1) {
      this.#window.remove(removal);
      this.#table.remove(removal);
    } else {
      this.#distrust();
    }
    this.#revision = removal.revision;
    // What was removed had been committed. Were it not counted as known, a late `captured` would bring it back.
    this.#committed("through" in removal ? [removal.through] : removal.seqs);
    for (const subscriber of this.tell("removed", removal)) subscriber.told = removal.revision;
    this.#schedule();
  }

  /** After they are stored: a read begun now has them. */
  answered(items: readonly AnsweredEvent[]): void {
    // Likewise: rows of a late `captured` would be handed over without these answers.
    this.#committed(items.map((item) => item.seq));
    this.#window.answer(items);
    this.#table.answer(items);
    for (let start = 0; start < items.length; start += ANSWERS_MAX) {
      this.tell("answered", { items: items.slice(start, start + ANSWERS_MAX) });
    }
    this.#schedule();
  }

  /** Rows as they are now: a read begun now has them so. */
  changed(items: readonly RequestSummary[]): void {
    this.#window.change(items);
    this.#table.change(items);
    for (let rest = items; rest.length > 0; ) {
      const page = cut(rest);
      this.tell("changed", { items: page });
      rest = rest.slice(page.length);
    }
  }

  /** Rows may belong here no more, or only now: all read the list again. */
  unsure(): void {
    this.#distrust();
    for (const subscriber of this.#subscribers.values()) subscriber.lost = true;
    this.#schedule();
  }

  /** All of the bin's listeners, as they are now. A connected one changes with each sign of life. */
  listeners(items: Listener[]): void {
    if (JSON.stringify(items) === JSON.stringify(this.#listeners)) return;
    this.#listeners = items;
    this.tell("listeners", { items });
  }

  /** Sends an event to all who have had their first one. Who can't take it is lost. */
  tell<Event extends LiveEvent>(event: Event, payload: LivePayload<Event>): Subscriber[] {
    const able = this.#able([...this.#subscribers.values()].filter(({ told }) => told !== null));
    this.#emit(able, event, payload);
    return able;
  }

  /** The end for those who match: they are told why and disconnected. */
  end(code: GoneCode, matches: (subscriber: Subscriber) => boolean = () => true): void {
    for (const subscriber of [...this.#subscribers.values()].filter(matches)) {
      this.leave(subscriber.id);
      subscriber.end(code);
    }
  }

  stop(): void {
    this.#subscribers.clear();
    this.#schedule();
  }

  #committed(seqs: readonly number[]): void {
    for (const seq of seqs) this.#knownSeq = Math.max(this.#knownSeq, seq);
  }

  /** Something was removed, but not what: no row in memory may be handed over any more. */
  #distrust(): void {
    this.#window.clear();
    this.#table.clear();
  }

  #hasWork(subscriber: Subscriber): boolean {
    if (subscriber.lost) return subscriber.hasRoom();
    if (subscriber.cursor >= this.#knownSeq) return subscriber.told !== this.#revision;
    return !this.#catchingUp || this.#window.covers(subscriber.cursor);
  }

  /** Plans the next push for the earliest time at which somebody may be told something. */
  #schedule(): void {
    clearTimeout(this.#timer);
    let at = Number.POSITIVE_INFINITY;
    for (const subscriber of this.#subscribers.values()) {
      if (this.#hasWork(subscriber)) at = Math.min(at, subscriber.notBefore);
    }
    if (at === Number.POSITIVE_INFINITY) return;
    const delayMs = Math.max(at, this.#pushNotBefore) - performance.now();
    this.#timer = setTimeout(() => this.#push(), Math.max(0, delayMs));
  }

  #push(): void {
    const now = performance.now();
    const due = [...this.#subscribers.values()].filter(
      (subscriber) => subscriber.notBefore <= now && this.#hasWork(subscriber),
    );
    if (due.length > 0) this.#pushNotBefore = now + PUSH_EVERY_MS;
    for (const subscriber of due) {
      if (this.#knownSeq - subscriber.cursor > BEHIND_MAX) subscriber.lost = true;
    }
    this.#pushBehind(due.filter(({ lost }) => lost));
    const missing: number[] = [];
    const current = due.filter(({ lost }) => !lost);
    for (const [cursor, group] of Map.groupBy(current, (subscriber) => subscriber.cursor)) {
      const page = this.#pageInMemory(cursor);
      if (page) this.#pushPage(group, page, this.#pushNotBefore);
      else missing.push(cursor);
    }
    if (missing.length > 0) void this.#catchUp(missing);
    else this.#schedule();
  }

  #pageInMemory(cursor: number): Page | null {
    if (cursor >= this.#knownSeq) return { items: [], lastSeq: cursor };
    return this.#window.covers(cursor) ? this.#window.page(cursor) : null;
  }

  /** One page from the table for each of these cursors. */
  async #catchUp(cursors: readonly number[]): Promise<void> {
    this.#catchingUp = true;
    this.#schedule();
    for (const cursor of cursors) await this.#pushFromTable(cursor);
    this.#catchingUp = false;
    this.#schedule();
  }

  async #pushFromTable(cursor: number): Promise<void> {
    const readers = () => {
      const now = performance.now();
      return [...this.#subscribers.values()].filter(
        (each) => each.cursor === cursor && !each.lost && each.notBefore <= now,
      );
    };
    if (readers().length === 0) return;
    try {
      const page = await this.#table.page(cursor, this.#knownSeq);
      if (!page) return;
      this.#committed([page.lastSeq]);
      this.#pushPage(readers(), page, performance.now() + PUSH_EVERY_MS);
    } catch (error) {
      this.#parts.log.warn({ err: error }, "live rows not read");
      for (const reader of readers()) reader.notBefore = performance.now() + READ_RETRY_MS;
    }
  }

  #pushPage(group: readonly Subscriber[], { items, lastSeq }: Page, notBefore: number): void {
    const able = this.#able(group);
    this.#emit(able, "requests", { items, lastSeq, revision: this.#revision });
    this.#moved(able, lastSeq, notBefore);
  }

  #pushBehind(group: readonly Subscriber[]): void {
    const able = group.filter((subscriber) => subscriber.hasRoom());
    const lastSeq = this.#knownSeq;
    this.#emit(able, "behind", { lastSeq, revision: this.#revision });
    this.#moved(able, lastSeq, this.#pushNotBefore);
    for (const subscriber of able) subscriber.lost = false;
  }

  #moved(group: readonly Subscriber[], cursor: number, notBefore: number): void {
    const without = group.filter(({ told, lost }) => told === null || lost);
    for (const subscriber of group) {
      subscriber.cursor = cursor;
      subscriber.told = this.#revision;
      subscriber.notBefore = notBefore;
    }
    if (this.#listeners) this.#emit(without, "listeners", { items: this.#listeners });
  }

  /** Those who have room for one more event; the others are lost. */
  #able(group: readonly Subscriber[]): Subscriber[] {
    return group.filter((subscriber) => {
      if (!subscriber.hasRoom()) subscriber.lost = true;
      return !subscriber.lost;
    });
  }

  #emit<Event extends LiveEvent>(
    group: readonly Subscriber[],
    event: Event,
    payload: LivePayload<Event>,
  ): void {
    const ids = group.map((subscriber) => subscriber.id);
    if (ids.length > 0) this.#parts.emit(ids, event, payload);
  }
}
