import { shapeOf } from "./add.ts";
import { SHAPE_LIMITS } from "./limits.ts";
import { absorb } from "./merge.ts";
import { countNodes, emptyShape, pruneShape, type Shape } from "./shape.ts";
import type { Value } from "./value.ts";

/** Folds one sample after the other into a shape, within a bound. */
export class ShapeFold {
  readonly shape: Shape = emptyShape();
  /** Levels that are kept; fewer once the shape had more places than it may have. */
  levels: number = SHAPE_LIMITS.depth;
  #nodes = 0;

  add(value: Value): void {
    const sample = shapeOf(value);
    pruneShape(sample, this.levels);
    absorb(this.shape, sample);
    // At most so many are new: they are counted only when that could be too many.
    this.#nodes += countNodes(sample);
    if (this.#nodes > SHAPE_LIMITS.nodes) this.#prune();
  }

  #prune(): void {
    this.#nodes = countNodes(this.shape);
    while (this.#nodes > SHAPE_LIMITS.nodes) {
      this.levels -= 1;
      pruneShape(this.shape, this.levels);
      this.#nodes = countNodes(this.shape);
    }
  }
}
