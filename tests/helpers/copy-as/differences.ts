import type { HeaderPair } from "#lib/contract/headers.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";

const FREE = new Set(["host", "content-length", "transfer-encoding"]);

/**
 * What differs between a request and what a copy of it sent, apart from Host, the framing and what a note names. Headers
 * are compared in order and letter case, without those that a note names.
 */
export function unnamedDifferences(
  original: CapturedRequest,
  again: CapturedRequest,
  notes: readonly string[],
): string[] {
  const said = notes.join("\n");
  const differences: string[] = [];
  const compare = (what: string, before: unknown, after: unknown, named: boolean) => {
    const [shown, other] = [JSON.stringify(before), JSON.stringify(after)];
    if (shown !== other && !named) differences.push(`${what}: ${cut(shown)} became ${cut(other)}`);
  };
  compare("method", original.method, again.method, false);
  compare(
    "target",
    original.target,
    again.target,
    /path or query its own way|dots in the path/.test(said),
  );
  compare("form of the target", isAbsolute(original), isAbsolute(again), /path alone/.test(said));
  compare("version", original.httpVersion, again.httpVersion, /HTTP\/1\.1/.test(said));
  compare("body", original.bodySha256, again.bodySha256, /body is left out/.test(said));
  compare("trailers", original.trailers, again.trailers, /^Trailers/m.test(said));
  const order = /headers into its own order/.test(said);
  const left = (headers: readonly HeaderPair[]) => arrange(unnamed(headers, said), order);
  compare("headers", left(original.headers), left(again.headers), false);
  return differences;
}

const isAbsolute = ({ requestTarget }: CapturedRequest) => !requestTarget.startsWith("/");

const cut = (text: string) => (text.length > 300 ? `${text.slice(0, 300)}…` : text);

function unnamed(headers: readonly HeaderPair[], said: string): HeaderPair[] {
  const named = new Set(said.toLowerCase().split(/[\s,:]+|\.$|\.\n/m));
  return headers.filter(([name]) => {
    const lower = name.toLowerCase();
    return !FREE.has(lower) && !named.has(lower);
  });
}

/** By name alone when the order is free: those of one name keep theirs. */
function arrange(headers: HeaderPair[], anyOrder: boolean): HeaderPair[] {
  if (!anyOrder) return headers;
  return headers.toSorted(([one], [other]) => (one.toLowerCase() < other.toLowerCase() ? -1 : 1));
}
