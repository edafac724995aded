/**
 * Remembers where the focus is. Calling what comes back, when what took the focus has gone, gives it to that place, or to
 * what is left around it: else a keyboard begins anew at the page's start and a screen reader falls silent. It leaves alone
 * a focus that is somewhere.
 */
export function rememberFocus(): () => void {
  const trail: HTMLElement[] = [];
  for (let at = document.activeElement; at instanceof HTMLElement; at = at.parentElement)
    if (at !== document.body) trail.push(at);
  return () => {
    if (document.activeElement && document.activeElement !== document.body) return;
    const place = trail.find((element) => element.checkVisibility());
    if (!place) return;
    if (place !== trail[0] && !place.hasAttribute("tabindex")) {
      place.tabIndex = -1;
      place.style.outline = "none";
    }
    place.focus({ preventScroll: true });
  };
}
