import type { ApiClient } from "./client.ts";
import type { ShapeFormat } from "./shape-formats.ts";
import type {
  DocumentCreate,
  RequestShape,
  ShapeDocument,
  ShapeEvent,
  ShapeMarks,
  ShapeSource,
  ShapeView,
  WholeDocument,
} from "./shapes.ts";

/** A bin's shapes and documents as functions; they reject as those of ApiClient do. */
export function createShapesClient(
  { callBin, json, done }: Pick<ApiClient, "callBin" | "json" | "done">,
  bin: string,
) {
  const path = `/api/bins/${encodeURIComponent(bin)}`;
  const document = (id: string) => `${path}/documents/${encodeURIComponent(id)}`;
  return {
    /** The newest first. */
    events: (signal?: AbortSignal) =>
      json<{ items: ShapeEvent[] }>("GET", `${path}/shapes`, { signal }),
    shape: (source: ShapeSource, signal?: AbortSignal) =>
      json<ShapeView>("GET", `${path}/shape?${sourceParameters(source)}`, { signal }),
    /** The shape in a language. */
    written: async (source: ShapeSource, format: ShapeFormat, signal?: AbortSignal) => {
      const query = `${sourceParameters(source)}&format=${format}`;
      return (await callBin("GET", bin, `shape?${query}`, { signal })).text();
    },
    /** Of seqs, both included; 200 at most. */
    marks: (from: number, to: number, signal?: AbortSignal) =>
      json<ShapeMarks>("GET", `${path}/shapes/marks?from=${from}&to=${to}`, { signal }),
    ofRequest: (id: string, signal?: AbortSignal) =>
      json<RequestShape>("GET", `${path}/requests/${encodeURIComponent(id)}/shape`, { signal }),
    documents: (signal?: AbortSignal) =>
      json<{ items: ShapeDocument[] }>("GET", `${path}/documents`, { signal }),
    document: (id: string, signal?: AbortSignal) =>
      json<WholeDocument>("GET", document(id), { signal }),
    addDocument: (body: DocumentCreate) =>
      json<WholeDocument>("POST", `${path}/documents`, { body }),
    replaceDocument: (id: string, body: DocumentCreate) =>
      json<WholeDocument>("PUT", document(id), { body }),
    removeDocument: (id: string) => done("DELETE", document(id)),
  };
}

export type ShapesClient = ReturnType<typeof createShapesClient>;

/** A source as the parameters of an address; readSource reads them again. */
export function sourceParameters(source: ShapeSource): URLSearchParams {
  if (source.provider === undefined) return new URLSearchParams({ q: source.q });
  const { provider, event } = source;
  return new URLSearchParams({ provider, ...(event === null ? {} : { event }) });
}

export function readSource(parameters: URLSearchParams): ShapeSource | null {
  const provider = parameters.get("provider");
  const q = parameters.get("q");
  if (provider) return { provider, event: parameters.get("event") };
  return q ? { q } : null;
}
