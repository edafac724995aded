import type { TextFault } from "#lib/body/lines.ts";
import { fromHexText } from "./hex-text.ts";
import { jsonFault } from "./json-text.ts";

/** What is wrong in a text, and where; line and column from 1. */
export type Fault = TextFault & { line: number; column: number };

export const jsonFaultOf = (text: string) => placed(text, jsonFault(text));

export function hexFaultOf(text: string): Fault | null {
  const read = fromHexText(text);
  return placed(text, read.kind === "fault" ? read : null);
}

function placed(text: string, fault: TextFault | null): Fault | null {
  if (!fault) return null;
  const { offset, message } = fault;
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  return { offset, message, line, column: offset - before.lastIndexOf("\n") };
}
