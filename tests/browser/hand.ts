import type { Locator, Page } from "@playwright/test";

/** The ways in which a person works the page: the same flows must do by each alone. */
export type Hand = {
  /** A button, a link, a row. */
  press: (target: Locator) => Promise<void>;
  /** An item of an open menu, or one beside the `current` one of a row. */
  choose: (item: Locator, current?: Locator) => Promise<void>;
  /** Puts a text into a field, in the place of what it holds. */
  write: (field: Locator, text: string) => Promise<void>;
};

/** More stops than any page has. */
const STOPS_MAX = 120;

export function keyboard(page: Page): Hand {
  async function reach(target: Locator, ahead: string, back: string): Promise<void> {
    await target.waitFor();
    for (let stop = 0; stop < STOPS_MAX; stop += 1) {
      const way = await target.evaluate(wayTo);
      if (way === "there") return;
      await page.keyboard.press(way === "ahead" ? ahead : back);
    }
    throw new Error(`${ahead} does not lead to ${target}.`);
  }
  const tabTo = (target: Locator) => reach(target, "Tab", "Shift+Tab");
  return {
    press: async (target) => {
      await tabTo(target);
      await page.keyboard.press("Enter");
    },
    choose: async (item, current) => {
      if (!current) await reach(item, "ArrowDown", "ArrowUp");
      else {
        await tabTo(current);
        await reach(item, "ArrowRight", "ArrowLeft");
      }
      await page.keyboard.press("Enter");
    },
    write: async (field, text) => {
      await tabTo(field);
      await page.keyboard.press("Control+a");
      await page.keyboard.insertText(text);
    },
  };
}

/** Runs in the page: where an element is, seen from the one that has the focus. */
function wayTo(element: Element): "there" | "ahead" | "back" {
  const focused = document.activeElement;
  if (!focused || element === focused) return focused ? "there" : "ahead";
  const isBefore = focused.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING;
  return isBefore ? "back" : "ahead";
}

/** A finger, and the keyboard on the screen once a field has the focus. */
export function finger(page: Page): Hand {
  return {
    press: (target) => target.tap(),
    choose: (item) => item.tap(),
    write: async (field, text) => {
      await field.tap();
      await page.keyboard.press("Control+a");
      await page.keyboard.insertText(text);
    },
  };
}
