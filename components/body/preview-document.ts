/** Beyond it the browser would hold the page while it lays the markup out. */
export const PREVIEW_CHARS_MAX = 512 * 1024;

/** Elements that go with all that is in them. */
const DROPPED = ["script", "style"];
/**
 * Elements that load, embed, redirect or lead elsewhere. The frame's sandbox and both policies forbid it anyway, except
 * that a <link> may still open a connection (preconnect), and a click would show the browser's page for a blocked frame.
 */
const RENAMED = /<(\/?)(link|meta|base|iframe|frame|frameset|object|embed|area|portal)(?=[\s/>])/gi;
const ANCHOR = /<(\/?)a(?=[\s/>])/gi;

const HEAD = `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`;

/**
 * Markup made ready for a frame without scripts. It is changed as text and never parsed here: a parser in the page would
 * apply the page's policy to it. No element can come of a name that is nowhere in the text.
 */
export function previewDocument(html: string): string {
  const kept = DROPPED.reduce(dropElement, html.slice(0, PREVIEW_CHARS_MAX));
  return HEAD + kept.replace(RENAMED, "<$1x-$2").replace(ANCHOR, "<$1u");
}

/**
 * Without `<name ...>` up to its end tag; without the rest where there is none, as a browser reads it. A space stays, so
 * that what stood around it does not become another tag.
 */
function dropElement(html: string, name: string): string {
  const start = new RegExp(`<${name}(?=[\\s/>])`, "gi");
  const end = new RegExp(`</${name}[^>]*>`, "gi");
  let kept = "";
  for (let at = 0; at < html.length; ) {
    start.lastIndex = at;
    const from = start.exec(html)?.index ?? html.length;
    kept += html.slice(at, from) + (from < html.length ? " " : "");
    end.lastIndex = from;
    at = from < html.length && end.exec(html) ? end.lastIndex : html.length;
  }
  return kept;
}
