import type { ExportFormat } from "../contract/transfer.ts";
import { csvWriter } from "./csv.ts";
import type { ExportFacts, ExportWriter } from "./exported.ts";
import { harWriter } from "./har.ts";
import { httpFileWriter } from "./http-file.ts";
import { ndjsonWriter } from "./ndjson.ts";
import { postmanWriter } from "./postman.ts";

const writers: Record<ExportFormat, (facts: ExportFacts) => ExportWriter> = {
  ndjson: ndjsonWriter,
  har: harWriter,
  csv: csvWriter,
  http: httpFileWriter,
  postman: postmanWriter,
};

export const exportWriter = (format: ExportFormat, facts: ExportFacts): ExportWriter =>
  writers[format](facts);
