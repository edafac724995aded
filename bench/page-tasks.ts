/** How long the tasks of a page's main thread take: by the clock, and by the processor's time alone. */
import type { Browser, Page } from "@playwright/test";

type TraceEvent = {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Microseconds by the clock, and of processor time. */
  dur?: number;
  tdur?: number;
  args: { name?: string };
};

export type PageTasks = {
  /** Milliseconds of each task that is over the bound. */
  byClock: number[];
  /** The same without the time in which another process had the processor: what a machine of its own would show. */
  byProcessor: number[];
};

/** Begins to watch a page; the answer ends it. */
export async function watchPageTasks(
  browser: Browser,
  page: Page,
  boundMs: number,
): Promise<() => Promise<PageTasks>> {
  await browser.startTracing(page, { categories: ["toplevel", "__metadata"] });
  return async () => {
    const { traceEvents } = JSON.parse(String(await browser.stopTracing())) as {
      traceEvents: TraceEvent[];
    };
    const tasks = tasksOfPage(traceEvents);
    const over = (times: (number | undefined)[]) =>
      times.map((us = 0) => us / 1000).filter((ms) => ms > boundMs);
    return {
      byClock: over(tasks.map(({ dur }) => dur)),
      byProcessor: over(tasks.map(({ tdur }) => tdur)),
    };
  };
}

function tasksOfPage(events: readonly TraceEvent[]): TraceEvent[] {
  const thread = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const pages = new Set(
    events
      .filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain")
      .map(thread),
  );
  return events.filter(
    (event) => event.ph === "X" && event.name.endsWith("RunTask") && pages.has(thread(event)),
  );
}
