import type { Io } from "../io.ts";
import { LiveArea } from "./live-area.ts";

/** What is under way for shorter is never drawn: a burst would keep the terminal busy. */
const DRAW_AFTER_MS = 80;
/** Ages and durations move on. */
const REDRAW_MS = 1_000;

/** Prints lines; on a terminal above an area that is kept up to date, elsewhere alone. */
export type Screen = {
  isTerminal: boolean;
  print: (lines: readonly string[]) => void;
  /** Something in the area has changed. */
  touch: () => void;
  end: () => void;
};

/** `area`: its lines as they are at this moment, each narrower than the terminal. */
export function createScreen({ stdout, env, out }: Io, area: () => readonly string[]): Screen {
  if (!stdout.isTTY || env["TERM"] === "dumb") {
    return {
      isTerminal: false,
      print: (lines) => lines.forEach(out),
      touch: () => {},
      end: () => {},
    };
  }
  const live = new LiveArea(stdout);
  let drawing: ReturnType<typeof setTimeout> | undefined;
  const update = (lines: readonly string[]) => {
    clearTimeout(drawing);
    drawing = undefined;
    live.update(lines, area());
  };
  const redraw = setInterval(() => update([]), REDRAW_MS);
  return {
    isTerminal: true,
    print: update,
    touch: () => {
      drawing ??= setTimeout(() => update([]), DRAW_AFTER_MS);
    },
    end: () => {
      clearTimeout(drawing);
      clearInterval(redraw);
      live.update([], []);
    },
  };
}
