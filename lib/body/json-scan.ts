import { lexScalar, lexString, skipSpace } from "./json-lex.ts";
import type { TextFault } from "./lines.ts";
import { Offsets } from "./offsets.ts";

/**
 * The lines of a pretty-printed JSON text, as offsets into the text itself. Line i holds the tokens from starts[i] up to
 * starts[i + 1]; nothing is parsed, so numbers, escapes, key order and duplicate keys stay as they were sent.
 */
export type JsonLines = {
  text: string;
  count: number;
  starts: Offsets;
  depths: Offsets;
  /** For a line that ends in an opening bracket: the line of the closing one. Else -1. */
  closes: Offsets;
};

export type JsonOutcome = { kind: "lines"; lines: JsonLines } | { kind: "fault"; fault: TextFault };

type Expect = "value" | "value-or-end" | "key" | "key-or-end" | "colon" | "comma-or-end" | "end";

/**
 * Goes through a JSON text in steps, so that a large one never holds the page, and with a stack of its own, so that deep
 * nesting never overflows. `sequence` allows several values one after the other (NDJSON).
 */
export class JsonScanner {
  private readonly text: string;
  private readonly sequence: boolean;
  private readonly starts = new Offsets();
  private readonly depths = new Offsets();
  private readonly closes = new Offsets();
  /** For each open container, the line that opened it; negative (-line - 1) for an object. */
  private readonly open: number[] = [];
  private at: number;
  private expect: Expect = "value";
  private fault: TextFault | null = null;

  constructor(text: string, sequence = false) {
    this.text = text;
    this.sequence = sequence;
    // A byte order mark may be ignored (RFC 8259 8.1).
    this.at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  }

  /** Reads on for about `budget` characters. Null when there is more to read. */
  step(budget: number): JsonOutcome | null {
    const until = this.at + budget;
    while (this.at < until && !this.fault) {
      this.at = skipSpace(this.text, this.at);
      if (this.at >= this.text.length) return this.finish();
      this.token(this.text.charAt(this.at));
    }
    return this.fault ? { kind: "fault", fault: this.fault } : null;
  }

  private finish(): JsonOutcome {
    if (this.expect !== "end") {
      const message =
        this.open.length > 0 ? "The text ends before all brackets are closed" : "There is no value";
      return { kind: "fault", fault: { offset: this.text.length, message } };
    }
    const lines = {
      text: this.text,
      count: this.starts.length,
      starts: this.starts,
      depths: this.depths,
      closes: this.closes,
    };
    return { kind: "lines", lines };
  }

  private token(char: string): void {
    switch (this.expect) {
      case "value":
        return this.value(char);
      case "value-or-end":
        return char === "]" ? this.closeEmpty() : this.value(char);
      case "key":
        return this.key(char, "Expected a string as the next key");
      case "key-or-end":
        return char === "}"
          ? this.closeEmpty()
          : this.key(char, "Expected a string as the key, or }");
      case "colon":
        return char === ":" ? this.go("value") : this.fail("Expected : after the key");
      case "comma-or-end":
        return this.commaOrEnd(char);
      case "end":
        return this.sequence
          ? this.value(char)
          : this.fail("Expected nothing more after the value");
    }
  }

  private value(char: string): void {
    // In an object the value goes on its key's line.
    if (!this.inObject) this.line(this.open.length);
    if (char === "{" || char === "[") {
      const line = this.starts.length - 1;
      this.open.push(char === "{" ? -line - 1 : line);
      this.go(char === "{" ? "key-or-end" : "value-or-end");
      return;
    }
    const lexed = lexScalar(this.text, this.at);
    if ("error" in lexed) return this.fail(lexed.error, lexed.offset);
    this.at = lexed.end;
    this.settle();
  }

  private key(char: string, expected: string): void {
    if (char !== '"') return this.fail(expected);
    this.line(this.open.length);
    const lexed = lexString(this.text, this.at);
    if ("error" in lexed) return this.fail(lexed.error, lexed.offset);
    this.at = lexed.end;
    this.expect = "colon";
  }

  private commaOrEnd(char: string): void {
    const end = this.inObject ? "}" : "]";
    if (char === ",") return this.go(this.inObject ? "key" : "value");
    if (char !== end) return this.fail(`Expected , or ${end}`);
    const opened = this.open.pop() ?? 0;
    this.line(this.open.length);
    this.closes.set(opened < 0 ? -opened - 1 : opened, this.starts.length - 1);
    this.at += 1;
    this.settle();
  }

  private closeEmpty(): void {
    this.open.pop();
    this.at += 1;
    this.settle();
  }

  private get inObject(): boolean {
    return (this.open[this.open.length - 1] ?? 0) < 0;
  }

  private line(depth: number): void {
    this.starts.push(this.at);
    this.depths.push(depth);
    this.closes.push(-1);
  }

  private go(expect: Expect): void {
    this.at += 1;
    this.expect = expect;
  }

  private settle(): void {
    this.expect = this.open.length > 0 ? "comma-or-end" : "end";
  }

  private fail(message: string, offset = this.at): void {
    this.fault = { offset, message };
  }
}
