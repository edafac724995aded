import { type Lines, rememberLong, type TextFault } from "./lines.ts";
import { Offsets } from "./offsets.ts";
import { type XmlPiece, xmlPiece } from "./xml-lex.ts";
import { xmlTokens } from "./xml-tokens.ts";

export type XmlOutcome = { kind: "lines"; lines: Lines } | { kind: "fault"; fault: TextFault };

/** What a line begins within: markup, or the further lines of a text, a comment or the like. */
const FRESH = 0;
const WITHIN = 1;

/**
 * Goes through an XML text in steps, with a stack of its own. An element with nothing but text in it stays on one line;
 * white space between elements is left out, which the text view shows.
 */
export class XmlScanner {
  private readonly text: string;
  private readonly starts = new Offsets();
  private readonly depths = new Offsets();
  private readonly closes = new Offsets();
  private readonly states = new Offsets();
  private readonly open: { line: number; name: string }[] = [];
  private at: number;
  /** The last thing was a start tag, or the only text behind one: the end tag may follow on the same line. */
  private inline = false;
  /** Where the text or comment ends whose further lines are still to be found. */
  private restTo: number | null = null;
  private fault: TextFault | null = null;

  constructor(text: string) {
    this.text = text;
    this.at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  }

  /** Reads on for about `budget` characters. Null when there is more to read. */
  step(budget: number): XmlOutcome | null {
    const until = this.at + budget;
    while (this.at < until && !this.fault) {
      if (this.restTo !== null) this.nextLine(this.restTo);
      else if (this.at >= this.text.length) return this.finish();
      else this.piece(xmlPiece(this.text, this.at));
    }
    return this.fault ? { kind: "fault", fault: this.fault } : null;
  }

  private piece(piece: XmlPiece): void {
    switch (piece.kind) {
      case "fault":
        this.fault = { offset: piece.from, message: piece.message };
        return;
      case "text":
        return this.words(piece);
      case "start":
        this.line(piece.from, FRESH);
        if (!piece.empty) this.open.push({ line: this.starts.length - 1, name: piece.name });
        this.inline = !piece.empty;
        break;
      case "end":
        this.end(piece);
        break;
      case "other":
        return this.lines(piece.from, piece.to);
    }
    this.at = piece.to;
  }

  private words({ from, to }: XmlPiece): void {
    const start = skipBlank(this.text, from, to);
    const isWhole = this.text.startsWith("</", to) && !this.text.slice(start, to).includes("\n");
    if (start < to && !(this.inline && isWhole)) this.lines(start, to);
    else this.at = to;
  }

  private end(piece: XmlPiece & { kind: "end" }): void {
    const opened = this.open.pop();
    if (opened?.name !== piece.name) {
      const expected = opened ? `</${shorten(opened.name)}>` : "no end tag";
      this.fault = { offset: piece.from, message: `Expected ${expected} here` };
      return;
    }
    if (!this.inline) {
      this.line(piece.from, FRESH);
      this.closes.set(opened.line, this.starts.length - 1);
    }
    this.inline = false;
  }

  /** A text, comment or the like: one line for each of its own, without blank ones. */
  private lines(from: number, to: number): void {
    this.line(from, FRESH);
    this.inline = false;
    this.at = from;
    this.restTo = to;
  }

  private nextLine(to: number): void {
    const lf = this.text.indexOf("\n", this.at);
    const next = lf === -1 || lf >= to ? to : skipBlank(this.text, lf, to);
    if (next < to) this.line(this.text.lastIndexOf("\n", next) + 1, WITHIN);
    else this.restTo = null;
    this.at = next;
  }

  private line(at: number, state: number): void {
    this.starts.push(at);
    this.depths.push(this.open.length);
    this.closes.push(-1);
    this.states.push(state);
  }

  private finish(): XmlOutcome {
    const last = this.open.at(-1);
    if (last || this.starts.length === 0) {
      const message = last
        ? `The text ends before </${shorten(last.name)}>`
        : "There is no element";
      return { kind: "fault", fault: { offset: this.text.length, message } };
    }
    const { text, starts, depths, closes, states } = this;
    const lines: Lines = {
      text,
      count: starts.length,
      depth: (line) => depths.at(line) ?? 0,
      closes: (line) => closes.at(line) ?? -1,
      lineAt: (offset) => Math.max(starts.lastUpTo(offset), 0),
      tokens: rememberLong((line) => {
        const from = starts.at(line) ?? text.length;
        return xmlTokens(
          text,
          from,
          starts.at(line + 1) ?? text.length,
          states.at(line) === WITHIN,
        );
      }),
    };
    return { kind: "lines", lines };
  }
}

const NAME_SHOWN = 60;
const shorten = (name: string) =>
  name.length > NAME_SHOWN ? `${name.slice(0, NAME_SHOWN)}…` : name;

function skipBlank(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && " \t\r\n".includes(text.charAt(at))) at += 1;
  return at;
}
