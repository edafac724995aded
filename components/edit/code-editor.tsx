"use client";

import { useEffect, useRef } from "react";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { linter } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { colours, looks } from "./editor-looks.ts";
import type { Fault } from "./faults.ts";

/** Beyond it highlighting costs more than it shows. */
const HIGHLIGHTED_CHARS_MAX = 500_000;
const LINT_DELAY_MS = 300;

type CodeEditorProps = {
  label: string;
  /** What it begins with. */
  text: string;
  isJson: boolean;
  faultOf: ((text: string) => Fault | null) | null;
  onFault: (fault: Fault | null) => void;
  onText: (text: string) => void;
};

/** A text editor that gives back what it was given, to the last carriage return. To be keyed by what it begins with. */
export function CodeEditor(props: CodeEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;
  useEffect(() => {
    if (!place.current) return;
    const view = new EditorView({ parent: place.current, state: stateOf(latest) });
    return () => view.destroy();
  }, []);
  return (
    <div
      ref={place}
      className="overflow-hidden rounded-md border border-line-strong bg-surface focus-within:border-accent"
    />
  );
}

function stateOf(latest: { current: CodeEditorProps }): EditorState {
  const { text, label, isJson } = latest.current;
  const nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce;
  return EditorState.create({
    doc: text,
    extensions: [
      // Else "\r\n" would become "\n": a carriage return stays a character of its line.
      EditorState.lineSeparator.of("\n"),
      ...(nonce ? [EditorView.cspNonce.of(nonce)] : []),
      // The Tab key comes here anyway; it is written down for what reads the page by its attributes.
      EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
      EditorView.lineWrapping,
      EditorView.updateListener.of(({ docChanged, state }) => {
        if (docChanged) latest.current.onText(state.sliceDoc());
      }),
      lineNumbers(),
      highlightSpecialChars(),
      history(),
      drawSelection(),
      bracketMatching(),
      indentUnit.of("  "),
      keymap.of([...defaultKeymap, ...historyKeymap]),
      looks,
      ...(isJson && text.length <= HIGHLIGHTED_CHARS_MAX
        ? [json(), syntaxHighlighting(colours)]
        : []),
      linter((view) => diagnose(view, latest), { delay: LINT_DELAY_MS }),
    ],
  });
}

function diagnose(view: EditorView, { current }: { current: CodeEditorProps }) {
  const text = view.state.sliceDoc();
  const fault = current.faultOf?.(text) ?? null;
  current.onFault(fault);
  if (!fault) return [];
  const from = Math.min(fault.offset, text.length);
  const to = Math.min(from + 1, text.length);
  return [{ from, to, severity: "warning" as const, message: fault.message }];
}
