import { setImmediate } from "node:timers";
import type pg from "pg";

const COPY_DATA = 0x64; // 'd'
const COPY_DONE = Buffer.from([0x63, 0, 0, 0, 4]); // 'c', and its own length
/** Between two turns of the event loop. */
const TURN_BYTES = 512 * 1024;

/**
 * COPY ... FROM STDIN (Postgres 18, 54.2.6 and 54.7): hands pieces to the connection as fast as it takes them, a few at
 * a time. A bound parameter would be copied and written at once: milliseconds per MiB in which nothing else is served.
 * `submit`, `callback` and `handle...` are what pg asks of a query.
 * @throws pg's error
 */
export function copyIn(client: pg.ClientBase, sql: string, pieces: Iterable<Buffer>) {
  return new Promise<void>((resolve, reject) => {
    client.query(new CopyIn(sql, pieces, (error) => (error ? reject(error) : resolve())));
  });
}

class CopyIn implements pg.Submittable {
  readonly #sql: string;
  readonly #pieces: Iterator<Buffer>;
  #isOver = false;
  callback: (error: Error | null) => void;

  constructor(sql: string, pieces: Iterable<Buffer>, callback: (error: Error | null) => void) {
    this.#sql = sql;
    this.#pieces = pieces[Symbol.iterator]();
    this.callback = callback;
  }

  submit(connection: pg.Connection): void {
    connection.query(this.#sql);
  }

  handleCopyInResponse({ stream }: pg.Connection): void {
    this.#send(stream);
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    this.#isOver = true;
    this.callback(null);
  }

  handleError(error: Error): void {
    this.#isOver = true;
    this.callback(error);
  }

  #send(stream: pg.Connection["stream"]): void {
    let bytes = 0;
    let isTaken = true;
    while (isTaken && bytes < TURN_BYTES) {
      if (this.#isOver) return;
      const next = this.#pieces.next();
      if (next.done) return void stream.write(COPY_DONE);
      isTaken = writePiece(stream, next.value);
      bytes += next.value.byteLength;
    }
    const goOn = () => setImmediate(() => this.#send(stream));
    if (isTaken) goOn();
    else stream.once("drain", goOn);
  }
}

/** False: wait for `drain`. */
function writePiece(stream: pg.Connection["stream"], piece: Buffer): boolean {
  const head = Buffer.allocUnsafe(5);
  head[0] = COPY_DATA;
  head.writeInt32BE(4 + piece.byteLength, 1);
  stream.cork();
  stream.write(head);
  const isTaken = stream.write(piece);
  stream.uncork();
  return isTaken;
}
