import type pg from "pg";

/**
 * COPY ... TO STDOUT (Postgres 18, 54.2.6): hands over the messages of the answer, one per row, each in memory that is
 * the connection's own again afterwards. `submit`, `callback` and `handle...` are what pg asks of a query.
 * @throws pg's error
 */
export function copyOut(client: pg.ClientBase, sql: string, onMessage: (message: Buffer) => void) {
  return new Promise<void>((resolve, reject) => {
    client.query(new CopyOut(sql, onMessage, (error) => (error ? reject(error) : resolve())));
  });
}

class CopyOut implements pg.Submittable {
  readonly #sql: string;
  readonly #onMessage: (message: Buffer) => void;
  callback: (error: Error | null) => void;

  constructor(
    sql: string,
    onMessage: (message: Buffer) => void,
    callback: (error: Error | null) => void,
  ) {
    this.#sql = sql;
    this.#onMessage = onMessage;
    this.callback = callback;
  }

  submit(connection: pg.Connection): void {
    connection.query(this.#sql);
  }

  handleCopyData({ chunk }: { chunk: Buffer }): void {
    this.#onMessage(chunk);
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    this.callback(null);
  }

  handleError(error: Error): void {
    this.callback(error);
  }
}
