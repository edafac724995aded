"use client";

import { useEffect, useRef, useState } from "react";
import type { ImportReport } from "#lib/contract/transfer.ts";

export type ImportState =
  | { kind: "ready" }
  /** `share` of the file that was sent; 1 while the rest of it is being stored. */
  | { kind: "running"; file: string; share: number }
  | { kind: "done"; file: string; report: ImportReport }
  | { kind: "failed"; file: string; message: string };

/** Sends a file to be imported. fetch can't tell how much of it is sent, so this is XMLHttpRequest's work. */
export function useImport(url: string) {
  const [state, setState] = useState<ImportState>({ kind: "ready" });
  const running = useRef<XMLHttpRequest | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  function start(file: File): void {
    running.current?.abort();
    const call = new XMLHttpRequest();
    running.current = call;
    const { name } = file;
    setState({ kind: "running", file: name, share: 0 });
    call.open("POST", url);
    call.setRequestHeader("Content-Type", "application/octet-stream");
    call.upload.onprogress = ({ loaded, total }) =>
      setState({ kind: "running", file: name, share: total > 0 ? loaded / total : 1 });
    call.onload = () => setState(settled(name, call));
    call.onerror = () => setState({ kind: "failed", file: name, message: CUT });
    call.send(file);
  }

  function stop(): void {
    running.current?.abort();
    setState({ kind: "ready" });
  }

  return { state, start, stop };
}

const CUT =
  "The connection was cut, or the file could not be read. What was read before is in the bin.";
const UNREADABLE = "What answered is not Hooklens.";

function settled(file: string, { status, responseText }: XMLHttpRequest): ImportState {
  const answer = parse(responseText);
  if (status === 200 && isReport(answer)) return { kind: "done", file, report: answer };
  const detail = typeof answer === "object" && answer && "detail" in answer ? answer.detail : null;
  return { kind: "failed", file, message: typeof detail === "string" ? detail : UNREADABLE };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const isReport = (answer: unknown): answer is ImportReport =>
  typeof answer === "object" && answer !== null && "taken" in answer && "refusals" in answer;
