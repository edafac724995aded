import type { Page } from "./bins.ts";
import type { ApiClient } from "./client.ts";
import type { ResendFormat } from "./resend-limits.ts";
import type { Resend, ResendCreate, ResendPlan, ResendReport } from "./resends.ts";

export type ResendClient = ReturnType<typeof createResendClient>;

/** The calls about a bin's resends. Apart from the others, so that neither the page's first load nor the command has them. */
export function createResendClient({ json, done }: Pick<ApiClient, "json" | "done">) {
  const pathOf = (bin: string, rest = "") =>
    `/api/bins/${encodeURIComponent(bin)}/resends${rest && `/${rest}`}`;
  const idOf = encodeURIComponent;

  return {
    /** The newest first. */
    list: (bin: string, signal?: AbortSignal) => json<Page<Resend>>("GET", pathOf(bin), { signal }),
    get: (bin: string, id: string, signal?: AbortSignal) =>
      json<ResendReport>("GET", pathOf(bin, idOf(id)), { signal }),
    plan: (bin: string, body: ResendCreate, signal?: AbortSignal) =>
      json<ResendPlan>("POST", pathOf(bin, "plan"), { body, signal }),
    add: (bin: string, body: ResendCreate) => json<ResendReport>("POST", pathOf(bin), { body }),
    stop: (bin: string, id: string) =>
      json<ResendReport>("POST", pathOf(bin, `${idOf(id)}/stop`), { body: {} }),
    delete: (bin: string, id: string) => done("DELETE", pathOf(bin, idOf(id))),
    /** Where the file is that says what became of each. */
    fileUrl: (bin: string, id: string, format: ResendFormat) =>
      `${pathOf(bin, `${idOf(id)}/file`)}?format=${format}`,
  };
}
