import type { CheckError, DocumentEntry } from "../contract/shapes.ts";

/** What goes to the thread. */
export type Asked =
  | { kind: "open"; text: string; entry: string | null }
  | {
      kind: "check";
      /** Of a document in one of its versions; `text` comes once the thread has said that it does not know it. */
      key: string;
      text: string | null;
      entry: string | null;
      request: CheckedRequest;
    };

/** `event`, `method` and `path` pick the operation of an OpenAPI document. */
export type CheckedRequest = { json: string; event: string | null; method: string; path: string };

export type Opened =
  | { kind: "opened"; dialect: string; entries: DocumentEntry[] }
  /** `line`: from 1, in the document's text. */
  | { kind: "unusable"; detail: string; line: number | null };

export type Checked =
  | { kind: "valid" }
  | { kind: "invalid"; errors: CheckError[]; isCut: boolean }
  | { kind: "unchecked"; detail: string };

export type Outcome = Opened | Checked | { kind: "unknown" };
