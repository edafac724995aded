/** The forms of a file that requests are exported in. Loaded by the page: no schemas here. */
export const exportFormats = ["ndjson", "har", "csv", "http", "postman"] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** The files that can be imported. */
export const importFormats = ["ndjson", "har"] as const;
export type ImportFormat = (typeof importFormats)[number];

type FormatFacts = {
  name: string;
  /** What of a request such a file holds, for a person who chooses. */
  about: string;
  /** What a file's name ends with. */
  extension: string;
  /** The last bytes of a whole file: without them it was cut. */
  end: RegExp;
};

export const EXPORT_FORMATS: Record<ExportFormat, FormatFacts> = {
  ndjson: {
    name: "NDJSON",
    about: "Every byte and fact, a request a line. Can be imported again without a loss.",
    extension: "ndjson",
    end: /(?:^|\n)\{"hooklens":"end","requests":\d+\}\n$/,
  },
  har: {
    name: "HAR 1.2",
    about: "For browsers' developer tools and proxies. Can be imported again.",
    extension: "har",
    end: /\n\]\}\}\n$/,
  },
  csv: {
    name: "CSV",
    about: "A table for a spreadsheet, with up to 32,000 characters of each body.",
    extension: "csv",
    end: /(?:^|[,\n])"end of \d+"\r\n$/,
  },
  http: {
    name: ".http",
    about: "To be sent again from JetBrains IDEs and VS Code. Text bodies up to 256 KiB.",
    extension: "http",
    end: /(?:^|\n)# End of the export: \d+ requests\n$/,
  },
  postman: {
    name: "Postman collection",
    about: "Collection 2.1, with the URL as a variable. Text bodies only.",
    extension: "postman_collection.json",
    end: /\n\]\}\n$/,
  },
};

/** Characters that hold the end of any whole file. */
export const EXPORT_END_CHARACTERS = 100;

/** Whether a file with these last characters came whole. */
export const isWholeExport = (format: ExportFormat, end: string): boolean =>
  EXPORT_FORMATS[format].end.test(end);

/** An export of these requests, by their ids. */
export type ExportMarked = { format: ExportFormat; ids: string[] };

/** How much an export would hold. `isExact`: false when a search took too long, and there may be more. */
export type ExportSize = { requests: number; bodyBytes: number; isExact: boolean };

/** Bytes that a file will take, roughly: what a request costs beside its body differs by its headers. */
export function roughFileBytes(format: ExportFormat, size: ExportSize): number {
  const { requests, bodyBytes } = size;
  if (format === "csv") return requests * 1_200 + Math.min(bodyBytes, requests * 32_000);
  if (format === "ndjson") return requests * 1_800 + (bodyBytes * 4) / 3;
  return requests * 2_000 + bodyBytes * 1.15;
}

/** What an import came to. */
export type ImportReport = {
  format: ImportFormat;
  taken: number;
  /** The seqs that were given; null when nothing was taken. Requests that came in meanwhile have some in between. */
  firstSeq: number | null;
  lastSeq: number | null;
  refused: number;
  /** The first IMPORT_REFUSALS_MAX of them. `place`: the line, or the entry, from 1. */
  refusals: { place: number; reason: string }[];
  /** What is not as it was where it was captured, and of how many requests. */
  notes: { text: string; requests: number }[];
  /** False: the file was cut. Null: it does not tell. */
  isWhole: boolean | null;
};

export const IMPORT_REFUSALS_MAX = 100;
