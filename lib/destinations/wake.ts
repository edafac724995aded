/** Lets a loop wait until something has happened. */
export class Wake {
  #happened = Promise.withResolvers<void>();

  notify(): void {
    this.#happened.resolve();
    this.#happened = Promise.withResolvers<void>();
  }

  /** Until `notify` is called, or so long. */
  async wait(ms: number): Promise<void> {
    const { promise } = this.#happened;
    let timer: NodeJS.Timeout | undefined;
    const time = new Promise((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    await Promise.race([promise, time]);
    clearTimeout(timer);
  }
}
