/** What waits, by whose it is: each of them is taken from in turn, so that nobody waits for all that another one asked. */
export class FairQueue<Item> {
  readonly #byOwner = new Map<string, Item[]>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(owner: string, item: Item): void {
    const items = this.#byOwner.get(owner);
    if (items) items.push(item);
    else this.#byOwner.set(owner, [item]);
    this.#size += 1;
  }

  take(): Item | undefined {
    const [next] = this.#byOwner;
    if (!next) return undefined;
    const [owner, items] = next;
    this.#byOwner.delete(owner);
    const item = items.shift();
    if (items.length > 0) this.#byOwner.set(owner, items);
    this.#size -= 1;
    return item;
  }
}
