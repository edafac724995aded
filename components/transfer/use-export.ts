"use client";

import { useEffect, useRef, useState } from "react";
import type { ApiClient } from "#lib/contract/client.ts";
import { EXPORT_END_CHARACTERS, type ExportFormat, isWholeExport } from "#lib/contract/transfer.ts";
import { wordsOfError } from "./words.ts";

export type ExportState =
  | { kind: "ready" }
  | { kind: "running"; bytes: number }
  | { kind: "done"; bytes: number; fileName: string }
  /** `partial`: what came before, to be saved all the same; null when nothing did. */
  | { kind: "failed"; message: string; partial: (() => void) | null };

/** Pieces are put together into blobs of this size, which browsers keep outside of the page's memory. */
const BLOB_BYTES = 8 * 1024 * 1024;
const TELL_EVERY_MS = 150;
const KEPT_MS = 60_000;

/** Fetches an export, tells how far it is, and hands it to the browser's downloads when all of it is there. */
export function useExport(binId: string, api: ApiClient) {
  const [state, setState] = useState<ExportState>({ kind: "ready" });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  /** `what`: a filter, or requests by their ids. */
  async function start(format: ExportFormat, what: string | string[]): Promise<void> {
    const abort = new AbortController();
    running.current = abort;
    setState({ kind: "running", bytes: 0 });
    const file = new Gathering((bytes) => setState({ kind: "running", bytes }));
    let fileName = "";
    try {
      const answer =
        typeof what === "string"
          ? await api.export(binId, format, what, abort.signal)
          : await api.exportMarked(binId, { format, ids: what }, abort.signal);
      fileName = nameOf(answer);
      for await (const piece of piecesOf(answer)) file.add(piece);
      const blob = file.whole();
      if (!(await isWhole(format, blob))) throw new Error("The server ended it before its end.");
      save(blob, fileName);
      setState({ kind: "done", bytes: blob.size, fileName });
    } catch (error) {
      if (abort.signal.aborted) return;
      const partial = file.bytes > 0 ? () => save(file.whole(), `incomplete-${fileName}`) : null;
      setState({ kind: "failed", message: wordsOfError(error), partial });
    }
  }

  function stop(): void {
    running.current?.abort();
    setState({ kind: "ready" });
  }

  return { state, start, stop };
}

class Gathering {
  bytes = 0;
  readonly #blobs: Blob[] = [];
  readonly #onBytes: (bytes: number) => void;
  #pieces: Uint8Array<ArrayBuffer>[] = [];
  #pending = 0;
  #toldAt = 0;

  constructor(onBytes: (bytes: number) => void) {
    this.#onBytes = onBytes;
  }

  add(piece: Uint8Array<ArrayBuffer>): void {
    this.#pieces.push(piece);
    this.#pending += piece.length;
    this.bytes += piece.length;
    if (this.#pending >= BLOB_BYTES) this.#settle();
    const now = performance.now();
    if (now - this.#toldAt < TELL_EVERY_MS) return;
    this.#toldAt = now;
    this.#onBytes(this.bytes);
  }

  whole(): Blob {
    this.#settle();
    return new Blob(this.#blobs, { type: "application/octet-stream" });
  }

  #settle(): void {
    this.#blobs.push(new Blob(this.#pieces));
    this.#pieces = [];
    this.#pending = 0;
  }
}

async function* piecesOf({ body }: Response): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = body?.getReader();
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    yield next.value;
  }
}

/** The server's own name for it, which is made of safe characters. */
const nameOf = ({ headers }: Response): string =>
  /filename="([\w.-]+)"/.exec(headers.get("content-disposition") ?? "")?.[1] ?? "hooklens-export";

const isWhole = async (format: ExportFormat, blob: Blob): Promise<boolean> =>
  isWholeExport(format, await blob.slice(-EXPORT_END_CHARACTERS).text());

function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}
