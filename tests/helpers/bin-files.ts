import type { BinMinted } from "#lib/contract/bins.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import type { ExportFormat, ImportReport } from "#lib/contract/transfer.ts";

export type ExportLine = CapturedRequest & { bodyBase64: string };

/** Exports and imports of one bin. */
export function binFiles(origin: string, bin: Pick<BinMinted, "id" | "key">) {
  const path = `${origin}/api/bins/${bin.id}`;
  const headers = { Authorization: `Bearer ${bin.key}` };

  const get = (query: string) => fetch(`${path}/export${query}`, { headers });

  const text = async (format: ExportFormat, q = "") =>
    (await get(`?format=${format}${q && `&q=${encodeURIComponent(q)}`}`)).text();

  const send = (body: BodyInit, more: Record<string, string> = {}, query = "") =>
    fetch(`${path}/import${query}`, {
      method: "POST",
      headers: { ...headers, "Content-Type": "application/octet-stream", ...more },
      body,
      duplex: "half",
    } as RequestInit);

  return {
    get,
    text,
    send,
    /** The lines of an NDJSON export that are requests, as text. */
    lines: async (q = "") => (await text("ndjson", q)).trimEnd().split("\n").slice(1, -1),
    import: async (body: BodyInit): Promise<ImportReport> => {
      const answer = await send(body);
      if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
      return (await answer.json()) as ImportReport;
    },
  };
}

export type BinFiles = ReturnType<typeof binFiles>;
