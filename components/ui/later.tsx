"use client";

import { type ComponentType, type ReactNode, useEffect, useReducer } from "react";
import { whenIdle } from "./when-idle.ts";

/** The way to the server may be cut for a moment. */
const RETRY_MS = 2_000;

const rest = new Set<() => Promise<void>>();

type Later<Props> = ComponentType<Props> & {
  /** Fetches it now, ahead of being drawn. */
  fetch: () => Promise<void>;
};

/**
 * A part of the page whose code is fetched apart from the page's: when it is first drawn, or ahead of that. Until it is
 * there its placeholder is drawn; from then on it is drawn at once, without a frame in between.
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  placeholder: ReactNode = null,
): Later<Props> {
  let Part: ComponentType<Props> | null = null;
  const fetch = async () => {
    Part ??= await load();
    rest.delete(fetch);
  };
  rest.add(fetch);

  function DrawnLater(props: Props) {
    const [, draw] = useReducer((count: number) => count + 1, 0);
    useEffect(() => {
      let retry: ReturnType<typeof setTimeout> | undefined;
      function get(): void {
        void fetch().then(draw, () => {
          retry = setTimeout(get, RETRY_MS);
        });
      }
      if (!Part) get();
      return () => clearTimeout(retry);
    }, []);
    return Part ? <Part {...props} /> : placeholder;
  }
  return Object.assign(DrawnLater, { fetch });
}

/** Fetches what is left for later, one after the other, whenever the browser has nothing else to do. */
export function fetchTheRest(): () => void {
  let isOver = false;
  async function next(): Promise<void> {
    const [fetch] = rest;
    if (!fetch || isOver) return;
    rest.delete(fetch);
    // It is tried again when it is drawn.
    await fetch().catch(() => undefined);
    whenIdle(() => void next());
  }
  whenIdle(() => void next());
  return () => {
    isOver = true;
  };
}
