import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";

/** A data folder of one's own, for servers that bring their database. */
export class DataDir {
  readonly path: string;

  constructor() {
    this.path = mkdtempSync(path.join(os.tmpdir(), "hooklens-data-"));
    // Open to pass through: when we are root, the database runs as another user.
    chmodSync(this.path, 0o711);
  }

  get databaseUrl(): string {
    const [password, port] = [this.#read("password").trim(), this.#read("port").trim()];
    return `postgresql://hooklens:${password}@127.0.0.1:${port}/postgres`;
  }

  /** The process id of the running Postgres; null when there is none. */
  get postmaster(): number | null {
    if (!existsSync(this.#file("data/postmaster.pid"))) return null;
    return Number(this.#read("data/postmaster.pid").split("\n", 1)[0]);
  }

  /** Ends a database that a killed server has left, and removes everything. */
  remove(): void {
    const { postmaster } = this;
    try {
      if (postmaster !== null) process.kill(postmaster, "SIGQUIT");
    } catch {
      // It has ended.
    }
    rmSync(this.path, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  #file(name: string): string {
    return path.join(this.path, "postgres", name);
  }

  #read(name: string): string {
    return readFileSync(this.#file(name), "utf8");
  }
}
