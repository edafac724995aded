import { base64Pieces, type ExportFacts, type Exported, type ExportWriter } from "./exported.ts";

const NDJSON_VERSION = 1;

/**
 * Hooklens' own format, without any loss: a line that says what it is, a line for each request as the API shows it with
 * its body in base64, and a line that says how many there were: without that one the file was cut.
 */
export function ndjsonWriter({ bin, q, exportedAt, version }: ExportFacts): ExportWriter {
  return {
    begin: () =>
      line({ hooklens: "export", version: NDJSON_VERSION, exportedAt, by: version, bin, q }),
    each: requestLine,
    end: (requests) => line({ hooklens: "end", requests }),
  };
}

const line = (value: object): string => `${JSON.stringify(value)}\n`;

function* requestLine({ request, body }: Exported): Generator<string> {
  yield `${JSON.stringify(request).slice(0, -1)},"bodyBase64":"`;
  yield* base64Pieces(body);
  yield '"}\n';
}
