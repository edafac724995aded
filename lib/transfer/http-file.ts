import { INLINE_BYTES_MAX } from "../copy-as/kinds.ts";
import type { ExportFacts, Exported, ExportWriter } from "./exported.ts";
import { BASE_URL, toResend } from "./resend.ts";

/** The IDEs read these beginnings of a line as theirs, in a body too: a separator, a comment, a file, a script. */
const DIRECTIVE = /^\s*(?:#|\/\/|<|>|--)/m;

const rules = {
  refuse: (text: string) => {
    if (text.length > INLINE_BYTES_MAX) return "it is too long for an editor";
    if (DIRECTIVE.test(text)) return "a line of it would be read as a part of this file";
    return null;
  },
  isHeaderWritable: (name: string) => !name.startsWith("#"),
};

/** The .http files of JetBrains' HTTP client and VS Code's REST Client. */
export function httpFileWriter(facts: ExportFacts): ExportWriter {
  const { bin, exportedAt } = facts;
  return {
    begin: () =>
      `# Exported by Hooklens at ${exportedAt}. Change ${BASE_URL} to send all of it somewhere else.\n@${BASE_URL} = ${bin.url}\n\n`,
    *each(exported) {
      yield requestText(exported, facts);
    },
    end: (requests) => `# End of the export: ${requests} requests\n`,
  };
}

function requestText(exported: Exported, facts: ExportFacts): string {
  const { title, url, headers, body, notes } = toResend(exported, facts, rules);
  const { method, httpVersion } = exported.request;
  const lines = [
    `### ${title}`,
    ...[...notes, ...edgeNotes(body ?? "")].map((note) => `# ${note}`),
    `${method} ${url} HTTP/${httpVersion}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    "",
    ...(body === null ? [] : [body]),
  ];
  return `${lines.join("\n")}\n\n`;
}

const edgeNotes = (body: string): string[] =>
  body === body.trim()
    ? []
    : ["White space at an end of the body is not kept by this file's readers."];
