import { formatBytes, formatCount } from "#components/ui/format.ts";
import { LineDiff } from "./line-diff-view.tsx";
import type { RequestDiff } from "./request-diff.ts";
import { isVolatileHeader, isVolatilePath } from "./volatile.ts";
import { WireText } from "./wire-text.tsx";

/** Headers listed; a request has more only where someone means harm. */
const CHANGES_SHOWN = 100;
const VALUE_SHOWN = 2_000;

/** The differences of two tries: first those that nobody expects. */
export function RequestChanges({ diff }: { diff: RequestDiff }) {
  const { line, headers, sameHeaders, body } = diff;
  const json = body.kind === "json" ? body.changes : [];
  const all: ChangeProps[] = [
    ...(line ? [{ name: "", ...line, isExpected: false }] : []),
    ...headers.map((each) => ({ ...each, isExpected: isVolatileHeader(each.name) })),
    ...json.map(({ path, ...rest }) => ({
      name: path,
      ...rest,
      isExpected: isVolatilePath(path),
    })),
  ];
  const sorted = all.toSorted((a, b) => Number(a.isExpected) - Number(b.isExpected));
  return (
    <>
      {sorted.length > 0 && (
        <ul aria-label="Differences" className="flex flex-col gap-1.5">
          {sorted.slice(0, CHANGES_SHOWN).map((change) => (
            <Change key={`${change.name}`} {...change} />
          ))}
        </ul>
      )}
      {sorted.length > CHANGES_SHOWN && (
        <p className="text-xs text-faint">
          and {formatCount(sorted.length - CHANGES_SHOWN)} more that differ
        </p>
      )}
      <p className="text-xs text-muted">{restWords(diff, sameHeaders)}</p>
      {body.kind === "lines" && <LineDiff lines={body.lines} />}
    </>
  );
}

type ChangeProps = {
  name: string;
  before: string | null;
  after: string | null;
  /** It is new with each try. */
  isExpected: boolean;
};

function Change({ name, before, after, isExpected }: ChangeProps) {
  return (
    <li className="wire wrap-anywhere whitespace-pre-wrap">
      {(name || isExpected) && (
        <div className="flex flex-wrap items-baseline gap-x-2">
          <WireText text={name} className="text-muted" />
          {isExpected && (
            <span className="rounded-sm bg-hover px-1 font-sans text-2xs text-muted">
              new with each try
            </span>
          )}
        </div>
      )}
      {before !== null && <Side kind="removed" text={before} />}
      {after !== null && <Side kind="added" text={after} />}
    </li>
  );
}

function Side({ kind, text }: { kind: "removed" | "added"; text: string }) {
  const isAdded = kind === "added";
  return (
    <div className={isAdded ? "bg-good-soft px-1" : "bg-bad-soft px-1"}>
      <span aria-hidden className={isAdded ? "text-good" : "text-bad"}>
        {isAdded ? "+ " : "− "}
      </span>
      <span className="sr-only">{isAdded ? "now: " : "before: "}</span>
      <WireText text={text.slice(0, VALUE_SHOWN)} kept={"\n"} />
      {text.length > VALUE_SHOWN && <span className="text-faint"> …</span>}
    </div>
  );
}

function restWords({ line, headers, body }: RequestDiff, sameHeaders: number): string {
  if (!line && headers.length === 0 && body.kind === "same") {
    return "Nothing: method, target, headers and body are the same.";
  }
  return `${headersWords(headers.length, sameHeaders)} ${bodyWords(body)}`;
}

const headersWords = (changed: number, same: number): string =>
  `${changed > 0 ? `Other ${same}` : `All ${same}`} ${same === 1 ? "header is" : "headers are"} the same.`;

function bodyWords(body: RequestDiff["body"]): string {
  switch (body.kind) {
    case "same":
      return "The body is the same, byte for byte.";
    case "json":
      return "The rest of the body is the same.";
    case "lines":
      return "The body differs in these lines:";
    case "binary":
    case "large": {
      const why = body.kind === "large" ? "too large to be compared here" : "no text";
      return `The bodies differ and are ${why}: ${formatBytes(body.before)} before, ${formatBytes(body.after)} now.`;
    }
  }
}
