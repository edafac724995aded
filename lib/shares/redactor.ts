import type { HiddenWhy } from "../contract/hidden.ts";
import type { Redaction } from "../contract/shares.ts";
import { applyEdits, type Edit, mergeEdits } from "./edits.ts";
import { findCards } from "./find-cards.ts";
import { findChecksums } from "./find-checksums.ts";
import { findEmails } from "./find-emails.ts";
import { findTokens } from "./find-tokens.ts";
import { KnownValues } from "./known-values.ts";
import { type Find, scan, TooDeep } from "./scan.ts";

/**
 * One text of a request, one character per byte, with what is hidden in it. `isOpaque`: it can't be looked into; only
 * what is known already is looked for, as it stands.
 */
export class Piece {
  readonly text: string;
  readonly isOpaque: boolean;
  #edits: Edit[];

  constructor(text: string, edits: readonly Edit[] = [], isOpaque = false) {
    this.text = text;
    this.isOpaque = isOpaque;
    this.#edits = [...edits];
  }

  get edits(): readonly Edit[] {
    return this.#edits;
  }

  get redacted(): string {
    return applyEdits(this.text, this.#edits);
  }

  add(edits: readonly Edit[]): void {
    if (edits.length > 0) this.#edits = mergeEdits([...this.#edits, ...edits]);
  }

  hideAll(why: HiddenWhy): void {
    this.#edits = [{ from: 0, to: this.text.length, why }];
  }
}

export type Redactor = ReturnType<typeof createRedactor>;

/** What the rules hide in the texts of one request: first what they find, then the same wherever else it stands. */
export function createRedactor(rules: Redaction, binId: string | null) {
  const known = new KnownValues();
  if (binId) known.add(binId, "bin");
  const looksInside = rules.cards || rules.tokens || rules.emails || rules.paths.length > 0;

  const findByRules: Find = (text) => {
    const tokens = rules.tokens ? findTokens(text) : [];
    for (const { from, to } of tokens) known.add(text.slice(from, to), "token");
    return [
      ...(rules.cards ? findCards(text) : []),
      ...(rules.emails ? findEmails(text) : []),
      ...tokens,
    ];
  };

  function look(piece: Piece, find: Find): void {
    if (piece.isOpaque) return;
    try {
      piece.add(scan(piece.text, find));
    } catch (error) {
      if (!(error instanceof TooDeep)) throw error;
      piece.hideAll("unreadable");
    }
  }

  return {
    known,
    /** Whether the rules hide anything by what it is. */
    looksInside,
    findIn(pieces: readonly Piece[]): void {
      if (rules.cards || rules.tokens || rules.emails) {
        for (const piece of pieces) look(piece, findByRules);
      }
    },
    findKnownIn(pieces: readonly Piece[]): void {
      if (known.size === 0) return;
      for (const piece of pieces) {
        if (piece.isOpaque) piece.add(known.find(piece.text));
        else look(piece, (text) => known.find(text));
      }
    },
    findChecksumsIn(pieces: readonly Piece[]): void {
      for (const piece of pieces) look(piece, findChecksums);
    },
  };
}
