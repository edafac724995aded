import { clsx } from "clsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import type { HeaderPair } from "#lib/contract/headers.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import { HeaderTable } from "./header-table.tsx";

/** Headers and, below them, trailers, which come after the body. */
export function HeadersTab({ request }: { request: CapturedRequest }) {
  const { headers, trailers } = request;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <HeaderSection words="As received" headers={headers} />
      {trailers.length > 0 && (
        <HeaderSection words="Trailers, sent after the body" headers={trailers} bounded />
      )}
    </div>
  );
}

type HeaderSectionProps = { words: string; headers: readonly HeaderPair[]; bounded?: boolean };

function HeaderSection({ words, headers, bounded = false }: HeaderSectionProps) {
  const text = headers.map(([name, value]) => `${name}: ${value}`).join("\r\n");
  return (
    <section
      aria-label={words}
      className={clsx("flex min-h-0 flex-col", bounded ? "max-h-2/5 shrink-0" : "flex-initial")}
    >
      <div className="flex shrink-0 items-center justify-between border-b border-line py-1 pr-2 pl-4">
        <h3 className="text-xs text-faint">
          {words} · {headers.length}
        </h3>
        <CopyButton size="sm" text={text} label="Copy all" disabled={headers.length === 0} />
      </div>
      {headers.length === 0 ? (
        <p className="px-4 py-6 text-muted">This request has no headers.</p>
      ) : (
        <HeaderTable headers={headers} label={words} />
      )}
    </section>
  );
}
