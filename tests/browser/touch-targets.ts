import type { Page } from "@playwright/test";

/** Of WCAG 2.2, target size (enhanced), in CSS pixels. */
const SMALLEST_PX = 44;

/** What a finger is to hit and is smaller, with its size. Links within a text are let off, as WCAG does. */
export async function findSmallTargets(page: Page, state: string): Promise<string[]> {
  const small = await page.evaluate(smallTargets, SMALLEST_PX);
  return small.map((target) => `${state}: ${target}`);
}

/** Runs in the page. */
function smallTargets(smallestPx: number): string[] {
  const ROUNDING_PX = 0.5;
  const targets = document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [role=tab], [role=option], [role^=menuitem], [role=switch]",
  );
  return [...targets].filter(isThere).flatMap((target) => {
    const { width, height } = reach(target);
    const isSmall = Math.min(width, height) < smallestPx - ROUNDING_PX;
    if (!isSmall || getComputedStyle(target).display === "inline") return [];
    const name = target.getAttribute("aria-label") ?? target.textContent ?? "";
    return `${target.tagName} ${name.slice(0, 40)} ${Math.round(width)} x ${Math.round(height)}`;
  });

  function isThere(element: Element): boolean {
    if (element.closest("[inert], [aria-hidden=true]")) return false;
    const { width, height } = element.getBoundingClientRect();
    return width > 1 && height > 1 && element.checkVisibility({ visibilityProperty: true });
  }

  /** Its own box, what its ::after reaches beyond it, and its label. */
  function reach(element: Element): { width: number; height: number } {
    const label = element.closest("label");
    if (label) return label.getBoundingClientRect();
    const { width, height } = element.getBoundingClientRect();
    const after = getComputedStyle(element, "::after");
    if (after.content === "none" || after.position !== "absolute") return { width, height };
    return {
      width: Math.max(width, Number.parseFloat(after.width)),
      height: Math.max(height, Number.parseFloat(after.height)),
    };
  }
}
