/** A document that can't be used, and why, in words for whoever gave it. */
export class Unusable extends Error {
  /** From 1; null when it is not known. */
  readonly line: number | null;
  constructor(message: string, line: number | null = null) {
    super(message);
    this.line = line;
  }
}
