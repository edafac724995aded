import { HighlightStyle } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** The editor in the page's own colours, which follow the theme by themselves. */
export const looks = EditorView.theme({
  "&": { fontSize: "var(--text-wire)", maxHeight: "min(60vh, 32rem)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": {
    fontFamily: "var(--font-mono)",
    lineHeight: "var(--text-wire--line-height)",
    minHeight: "8rem",
  },
  ".cm-content": { caretColor: "var(--color-ink)", color: "var(--color-ink)" },
  ".cm-cursor": { borderLeftColor: "var(--color-ink)" },
  ".cm-gutters": {
    backgroundColor: "var(--color-surface)",
    borderRight: "1px solid var(--color-line)",
    color: "var(--color-faint)",
  },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground":
    { backgroundColor: "var(--color-accent-soft)" },
  ".cm-matchingBracket": { backgroundColor: "var(--color-press)" },
  ".cm-specialChar": { color: "var(--color-warn)" },
  ".cm-tooltip": {
    backgroundColor: "var(--color-raised)",
    border: "1px solid var(--color-line-strong)",
    color: "var(--color-ink)",
  },
});

export const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--color-syntax-key)" },
  { tag: tags.string, color: "var(--color-syntax-string)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--color-syntax-number)" },
  { tag: [tags.separator, tags.brace, tags.squareBracket], color: "var(--color-faint)" },
]);
