import {
  EVENT_ID,
  type Event,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE,
  YAMLException,
} from "js-yaml";

/** A part of a YAML text with the place where it begins, so that what is wrong with it can be shown there. */
export type YamlNode =
  | { kind: "map"; at: number; pairs: [key: YamlNode, value: YamlNode][] }
  | { kind: "list"; at: number; items: YamlNode[] }
  /** `quoted`: a text whatever it looks like. */
  | { kind: "scalar"; at: number; text: string; quoted: boolean };

/** Something wrong at an offset of the text. */
export class YamlMistake extends Error {
  readonly at: number;

  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

/** Reads the one document of a text; null when it is empty. @throws YamlMistake */
export function readYaml(text: string): YamlNode | null {
  const events = parse(text);
  const documents = events.filter(({ type }) => type === EVENT_ID.DOCUMENT);
  if (documents.length > 1) throw new YamlMistake(0, "The file holds one document, not several.");
  const reader = new TreeReader(text, events.slice(1));
  return reader.isAtEnd() ? null : reader.node();
}

function parse(text: string): Event[] {
  try {
    return parseEvents(text, {});
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    throw new YamlMistake(error.mark?.position ?? 0, `This is not YAML: ${error.reason}.`);
  }
}

class TreeReader {
  readonly #text: string;
  readonly #events: readonly Event[];
  #next = 0;
  /** Where the newest node begins. */
  #at = 0;

  constructor(text: string, events: readonly Event[]) {
    this.#text = text;
    this.#events = events;
  }

  isAtEnd(): boolean {
    const event = this.#events[this.#next];
    return event === undefined || event.type === EVENT_ID.POP;
  }

  node(): YamlNode {
    const event = this.#events[this.#next];
    this.#next += 1;
    switch (event?.type) {
      case EVENT_ID.SCALAR: {
        const text = getScalarValue(this.#text, event);
        // Nothing was written: it stands where what came before it began.
        if (event.valueStart >= 0) this.#at = event.valueStart;
        return {
          kind: "scalar",
          at: this.#at,
          text,
          quoted: event.style !== SCALAR_STYLE.PLAIN,
        };
      }
      case EVENT_ID.SEQUENCE: {
        this.#at = event.start;
        const items = this.#until(() => this.node());
        return { kind: "list", at: event.start, items };
      }
      case EVENT_ID.MAPPING: {
        this.#at = event.start;
        const pairs = this.#until((): [YamlNode, YamlNode] => [this.node(), this.node()]);
        return { kind: "map", at: event.start, pairs };
      }
      case EVENT_ID.ALIAS:
        throw new YamlMistake(
          event.anchorStart,
          "Anchors and aliases are not read here: write it out.",
        );
      default:
        throw new YamlMistake(this.#text.length, "The file ends too early.");
    }
  }

  #until<Item>(read: () => Item): Item[] {
    const items: Item[] = [];
    while (!this.isAtEnd()) items.push(read());
    this.#next += 1;
    return items;
  }
}

/** Line and column of an offset, both from 1. */
export function placeOf(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at);
  const line = before.split("\n").length;
  return { line, column: at - before.lastIndexOf("\n") };
}
