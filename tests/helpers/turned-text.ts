import type { Page } from "@playwright/test";

/** Overrides the direction, isolates, and right-to-left letters: whatever follows it unprotected is turned around. */
export const TURNING = "\u202egnp.exe\u2066\u2067\u05d0";

/**
 * Texts on the page in which a character that turns the direction can reach words that stand beside it. It can't where it
 * has an inline element of its own that isolates it, a block of its own, or a pair of isolates around it.
 */
export const turnedTexts = (page: Page): Promise<string[]> => page.evaluate(findTurned);

/** Runs in the page. */
function findTurned(): string[] {
  const turning = /[\u202a-\u202e\u2066-\u2069\u0590-\u08ff]/;
  const isolated = /\u2068[^\u202a-\u202e\u2066-\u2069]*\u2069/g;
  const turned: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.nodeValue ?? "";
    if (!turning.test(text.replace(isolated, "")) || isKept(walker.currentNode)) continue;
    turned.push(text.slice(0, 60));
  }
  return turned;

  function isKept(node: Node): boolean {
    for (let element = node.parentElement; element; element = element.parentElement) {
      const { display, unicodeBidi } = getComputedStyle(element);
      if (/^(script|option|title)$/i.test(element.tagName)) return true;
      if (display === "inline" && unicodeBidi.startsWith("isolate")) return true;
      if (display === "inline") continue;
      return element.tagName === "BDI" || element.textContent === node.nodeValue;
    }
    return false;
  }
}
