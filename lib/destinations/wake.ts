/** Lets a loop wait until something has happened. */
export class Wake {
  #happened = Promise.withResolvers<void>();

  notify(): void {
    this.#happened.resolve();
  }

  /** Until `notify` is called, or so long. What has happened since the last wait counts: the loop was at work then. */
  async wait(ms: number): Promise<void> {
    const { promise } = this.#happened;
    let timer: NodeJS.Timeout | undefined;
    const time = new Promise((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    await Promise.race([promise, time]);
    clearTimeout(timer);
    this.#happened = Promise.withResolvers<void>();
  }
}
