const strict = new TextDecoder("utf-8", { fatal: true });
/** All but tab, LF and CR. */
const controls = /[^\P{Cc}\t\n\r]/u;
/** Of all characters so many are ASCII in what people write into machines; in random bytes that happen to be UTF-8, few. */
const ASCII_SHARE = 0.6;

export function hasControls(text: string): boolean {
  return controls.test(text);
}

/** The bytes as text, when they are text beyond doubt: UTF-8, no controls, mostly ASCII; else null. */
export function asPrintable(bytes: Uint8Array): string | null {
  try {
    const text = strict.decode(bytes);
    return isPrintable(text) ? text : null;
  } catch {
    return null;
  }
}

function isPrintable(text: string): boolean {
  if (text === "" || hasControls(text)) return false;
  const ascii = text.replace(/[^ -~\s]/g, "").length;
  return ascii >= text.length * ASCII_SHARE;
}
