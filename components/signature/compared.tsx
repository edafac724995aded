import { CopyButton } from "#components/ui/copy-button.tsx";
import { WireText } from "#components/request/wire-text.tsx";
import type { SignatureExplanation } from "#lib/contract/explanations.ts";

type Claim = SignatureExplanation["claims"][number];

/** A hostile header may hold a hundred. */
const RECEIVED_MAX = 10;

/** The signature as it should be against what came, with the first place where they differ. */
export function Compared({ claim }: { claim: Claim }) {
  const computed = claim.messages.flatMap((message) => message.computed ?? []);
  const [first = null] = computed;
  return (
    <section aria-labelledby="compared" className="flex flex-col gap-1.5">
      <h3 id="compared" className="font-medium">
        Computed and received
      </h3>
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)_auto] items-baseline gap-x-3 gap-y-1.5">
        {computed.map((text, at) => (
          <Line key={text + at} name="Computed" text={text} other={null} />
        ))}
        {claim.received.slice(0, RECEIVED_MAX).map(({ at, text, isReadable, fits }, index) => (
          <Line
            key={index}
            name="Received"
            text={text}
            other={fits ? null : first}
            note={receivedWords({
              at,
              isReadable,
              fits,
              isComparable: first !== null,
              text,
              first,
            })}
          />
        ))}
      </dl>
      {claim.received.length === 0 && (
        <p className="text-muted">Nothing was received that could be a signature of this scheme.</p>
      )}
    </section>
  );
}

type LineProps = { name: string; text: string; other: string | null; note?: string };

function Line({ name, text, other, note }: LineProps) {
  const at = other === null ? -1 : firstDifference(text, other);
  return (
    <>
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">
        {at === -1 ? (
          <WireText text={text} />
        ) : (
          <>
            <WireText text={text.slice(0, at)} />
            <mark className="rounded-[2px] bg-bad-soft text-bad underline">
              <WireText text={text.slice(at, at + 1) || "⌫"} />
            </mark>
            <WireText text={text.slice(at + 1)} className="text-muted" />
          </>
        )}
        {note && <span className="block text-xs text-faint">{note}</span>}
      </dd>
      <dd>
        <CopyButton
          text={text}
          label={`Copy the ${name.toLowerCase()} signature`}
          className="-my-2"
        />
      </dd>
    </>
  );
}

type Received = {
  at: string;
  isReadable: boolean;
  fits: boolean;
  isComparable: boolean;
  text: string;
  first: string | null;
};

function receivedWords({ at, isReadable, fits, isComparable, text, first }: Received): string {
  const where = `in ${at.replace(/^header:/, "")}`;
  if (fits) return `${where}: the same`;
  if (!isReadable) return `${where}: not written as this scheme writes them`;
  if (!isComparable || first === null) return where;
  const place = firstDifference(text, first);
  return place === -1 ? where : `${where}: differs from character ${place + 1} on`;
}

/** -1 for none. */
function firstDifference(a: string, b: string): number {
  const length = Math.max(a.length, b.length);
  for (let at = 0; at < length; at += 1) if (a[at] !== b[at]) return at;
  return -1;
}
