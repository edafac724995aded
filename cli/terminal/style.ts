const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  inverse: [7, 27],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
} as const;

type Paint = (text: string) => string;

/** Colours by what they mean. Without colour each gives the text as it is. */
export type Style = {
  hasColour: boolean;
  good: Paint;
  warn: Paint;
  bad: Paint;
  /** What matters less. */
  dim: Paint;
  strong: Paint;
  /** Something to be copied or clicked. */
  link: Paint;
  /** A character that can't be shown as itself. */
  unseen: Paint;
  /** Tokens of a payload. */
  key: Paint;
  text: Paint;
  number: Paint;
  literal: Paint;
};

type Stream = { isTTY?: boolean };

/** NO_COLOR (no-color.org) and --no-color win over FORCE_COLOR, which wins over what the stream is. */
export function wantsColour(stream: Stream, env: NodeJS.ProcessEnv): boolean {
  if (env["NO_COLOR"]) return false;
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined && forced !== "") return forced !== "0" && forced !== "false";
  return stream.isTTY === true && env["TERM"] !== "dumb";
}

export function createStyle(stream: Stream, env: NodeJS.ProcessEnv): Style {
  const hasColour = wantsColour(stream, env);
  const paint = (name: keyof typeof CODES): Paint => {
    const [on, off] = CODES[name];
    return (text) => (hasColour && text ? `\x1b[${on}m${text}\x1b[${off}m` : text);
  };
  return {
    hasColour,
    good: paint("green"),
    warn: paint("yellow"),
    bad: paint("red"),
    dim: paint("dim"),
    strong: paint("bold"),
    link: paint("cyan"),
    unseen: paint("inverse"),
    key: paint("blue"),
    text: paint("green"),
    number: paint("magenta"),
    literal: paint("yellow"),
  };
}
