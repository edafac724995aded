import { asText, base64Lines, latin1Bytes } from "./bytes.ts";
import { hasUnseen } from "./unseen.ts";

/** Linux takes 128 KiB in one argument of a program; what is longer goes through a pipe. */
export const ARGUMENT_BYTES_MAX = 64 * 1024;

const BARE = /^[A-Za-z0-9_./:@%+,-]+$/;
const NAMED: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\" };

/**
 * One word of a bash (or zsh) command that stands for exactly these bytes, whatever they are; there can be no NUL
 * among them. Text stays readable in single quotes. What can't be seen, or is no UTF-8, makes it a $'...' of plain
 * ASCII, so that no locale can read a quote or a backslash out of other bytes.
 */
export function quote(bytes: Uint8Array | string): string {
  const raw = typeof bytes === "string" ? latin1Bytes(bytes) : bytes;
  const text = asText(raw);
  if (text === null || hasUnseen(text, "\n") || recallsHistory(text)) return ansiQuote(raw);
  return BARE.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** An interactive bash reads a quoted text line by line for `!` and a leading `^`, and older ones forget the quote. */
const recallsHistory = (text: string): boolean => text.includes("\n") && /[!^]/.test(text);

function ansiQuote(bytes: Uint8Array): string {
  const escaped = Array.from(bytes, (byte) => escapeByte(byte, String.fromCharCode(byte)));
  return `$'${escaped.join("")}'`;
}

function escapeByte(byte: number, char: string): string {
  const isPlain = byte >= 0x20 && byte < 0x7f && char !== "'" && char !== "!";
  return NAMED[char] ?? (isPlain ? char : `\\x${byte.toString(16).padStart(2, "0")}`);
}

/** Options of a command below each other, as a terminal takes them. */
export const inLines = (parts: readonly string[]): string => parts.join(" \\\n  ");

/** Bytes into the next command's input: text as it is, others as base64. printf is bash's own and takes any length. */
export function pipeOf(bytes: Uint8Array): string {
  if (asText(bytes) !== null) return `printf %s ${quote(bytes)} |\n  `;
  return `printf %s '${base64Lines(bytes).join("\n")}' | base64 --decode |\n  `;
}
