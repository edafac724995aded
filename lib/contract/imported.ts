import type { Imported } from "./draft.ts";
import type { RequestResponse, RequestSummary } from "./requests.ts";
import { rfc3339 } from "./time.ts";

/** As a request shows it: only where it is one. */
export function toImported(imported: Imported | null): Pick<RequestSummary, "imported"> {
  if (!imported) return {};
  const { atUs, format, id, seq, binId } = imported;
  return { imported: { at: rfc3339(atUs), format, id, seq, binId } };
}

/** The answer that a request got elsewhere: nothing of this server's own was in it. */
export const importedResponse = (
  response: Omit<RequestResponse, "from">,
  { answerFrom }: Imported,
): RequestResponse => ({ ...response, ...(answerFrom ? { from: answerFrom } : {}) });
