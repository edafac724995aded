const HIDDEN = "(secret)";

/** Takes secrets out of a text. */
export type Hide = (text: string) => string;

/** As they are, and as they stand in a URL or in JSON. */
export function hiderOf(secrets: readonly string[]): Hide {
  const forms = new Set(secrets.filter((secret) => secret !== "").flatMap(formsOf));
  if (forms.size === 0) return (text) => text;
  // The longest first: of one that begins with another the rest would stay.
  const longestFirst = [...forms].toSorted((a, b) => b.length - a.length);
  const any = new RegExp(longestFirst.map(quoted).join("|"), "g");
  return (text) => text.replace(any, HIDDEN);
}

function formsOf(secret: string): string[] {
  const whole = secret.toWellFormed();
  const inJson = JSON.stringify(secret).slice(1, -1);
  return [secret, encodeURIComponent(whole), encodeURI(whole), inJson];
}

const quoted = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
