import type { Lines } from "../body/lines.ts";
import type { HeaderPair } from "#lib/contract/headers.ts";
import type { Chunks } from "./bytes.ts";
import type { Hunk } from "./fold.ts";
import type { Runs } from "./runs.ts";

/** What can be compared: a request, or an answer. */
export type Message = {
  start:
    | { kind: "request"; method: string; target: string }
    | { kind: "answer"; status: number | null };
  headers: readonly HeaderPair[];
  trailers: readonly HeaderPair[];
  contentType: string | null;
  /** Without its content coding, where that could be undone. */
  body: Uint8Array<ArrayBuffer>;
};

/** `type`: of JSON. `case`: only the letter case of the name. `moved`: the same, at another place among the others. */
export type Kind = "added" | "removed" | "changed" | "type" | "case" | "moved";

/** One named thing of the two messages, beside each other. */
export type Entry = {
  /** What a mask calls it. */
  place: string;
  /** What it is called here, with its position: `$.items[3].id`, a header's name. */
  label: string;
  /** As it was written; null where it is not there. */
  before: string | null;
  after: string | null;
  /** Empty: it is the same. */
  kinds: Kind[];
  /** Where it stood and stands, from 1, when it was moved. */
  moved?: { from: number; to: number };
};

/** Two bodies as lines, or as chunks of bytes. */
export type Sides = { runs: Runs; hunks: readonly Hunk[] } & (
  | { kind: "lines"; before: Lines; after: Lines }
  | { kind: "bytes"; before: Chunks; after: Chunks }
);

type SectionKind = "start" | "pairs" | "json" | "text" | "bytes";

export type Section = {
  title: string;
  kind: SectionKind;
  /** Of what has no entries of its own, such as a line of text. */
  place: string;
  /** Named things, the same ones too; of JSON only what differs. */
  entries: readonly Entry[];
  /** Differences beyond those listed. */
  unlisted: number;
  sides: Sides | null;
  /** `alike`: it means the same and is written otherwise. */
  state: "same" | "alike" | "differs";
  notes: readonly string[];
};

export type Comparison = { sections: readonly Section[] };
