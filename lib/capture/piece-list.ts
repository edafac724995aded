/** Pieces from this size on are kept as they came. */
const KEEP_BYTES = 16 * 1024;
const BLOCK_BYTES = 64 * 1024;

/**
 * A body in the pieces that it came in. The first is kept as it is (most bodies are one), large ones too: nothing is
 * copied, and no buffer of the whole size is needed. Small ones are copied together into blocks: kept one by one, a body
 * sent in chunks of one byte would take some hundred times its size.
 */
export class PieceList {
  #pieces: Buffer[] = [];
  #block: Buffer | null = null;
  #used = 0;

  add(piece: Buffer): void {
    if (this.#pieces.length === 0 && this.#block === null) this.#pieces.push(piece);
    else if (piece.byteLength < KEEP_BYTES) this.#copy(piece);
    else {
      this.#closeBlock();
      this.#pieces.push(piece);
    }
  }

  /** All pieces; the list is empty afterwards. */
  take(): Buffer[] {
    this.#closeBlock();
    const pieces = this.#pieces;
    this.#pieces = [];
    return pieces;
  }

  #copy(piece: Buffer): void {
    if (this.#block && this.#used + piece.byteLength > BLOCK_BYTES) this.#closeBlock();
    this.#block ??= Buffer.allocUnsafeSlow(BLOCK_BYTES);
    this.#used += piece.copy(this.#block, this.#used);
  }

  /** Cut to what it holds, or a large piece after each small one would cost a block. */
  #closeBlock(): void {
    if (!this.#block) return;
    this.#pieces.push(Buffer.from(this.#block.subarray(0, this.#used)));
    this.#block = null;
    this.#used = 0;
  }
}
