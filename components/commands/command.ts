export type CommandGroup = "List" | "Request" | "Bin" | "Page";

/** One thing that can be done by a key, from the palette, or both; the help lists it too. */
export type Command = {
  id: string;
  name: string;
  group: CommandGroup;
  /** As `KeyboardEvent.key` names them, with `Mod+` before those that need Ctrl (on a Mac Cmd). */
  keys: readonly string[];
  run: () => void;
  /** False while there is nothing to do it to. */
  isOn?: boolean;
  /** Its keys count only with the focus in here, or nowhere: elsewhere they mean something else. */
  within?: () => Element | null;
};

export type Stroke = {
  key: string;
  isMod: boolean;
  isAlt: boolean;
  /** Where the focus is: in a field, in something that floats above the page, on nothing, or on some element. */
  place: "field" | "popup" | "nothing" | Element;
};

/** The command of a key stroke. Fields and popups keep their keys, but for those with Mod. */
export function commandFor(commands: readonly Command[], stroke: Stroke): Command | undefined {
  const { key, isMod, isAlt, place } = stroke;
  if (isAlt || place === "popup" || (place === "field" && !isMod)) return undefined;
  const name = isMod ? `Mod+${key.toLowerCase()}` : key;
  return commands.find(
    (command) => command.isOn !== false && command.keys.includes(name) && isHere(command, place),
  );
}

function isHere({ within }: Command, place: Stroke["place"]): boolean {
  if (!within || typeof place === "string") return true;
  return within()?.contains(place) ?? false;
}

/** Commands whose name has all words of the text in it; a word at a name's start comes first. */
export function matchCommands(commands: readonly Command[], text: string): Command[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const named = commands.filter(({ name, isOn }) => {
    const lower = name.toLowerCase();
    return isOn !== false && words.every((word) => lower.includes(word));
  });
  const [first = ""] = words;
  const rank = ({ name }: Command) => (name.toLowerCase().startsWith(first) ? 0 : 1);
  return named.toSorted((a, b) => rank(a) - rank(b));
}

const shown: Record<string, string> = {
  ArrowDown: "↓",
  ArrowUp: "↑",
  ArrowLeft: "←",
  ArrowRight: "→",
  Escape: "Esc",
  PageDown: "PgDn",
  PageUp: "PgUp",
};

/** How a key is printed on a keyboard. */
export function keyLabel(key: string, isMac: boolean): string {
  if (!key.startsWith("Mod+")) return shown[key] ?? key;
  return `${isMac ? "⌘" : "Ctrl "}${key.slice(4).toUpperCase()}`;
}
