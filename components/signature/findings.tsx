import { Lightbulb, Stethoscope } from "lucide-react";
import { formatCount } from "#components/ui/format.ts";
import type { SignatureDiagnosis } from "#lib/contract/explanations.ts";

/** Why it is not verified, the likeliest first. */
export function Findings({ diagnosis }: { diagnosis: SignatureDiagnosis }) {
  const { findings, tried, isComplete } = diagnosis;
  if (findings.length === 0) return null;
  return (
    <section aria-label="What is wrong" className="flex flex-col gap-1.5">
      <ul className="flex flex-col gap-1.5">
        {findings.map((finding) => {
          const isProven = finding.certainty === "match";
          const Icon = isProven ? Stethoscope : Lightbulb;
          return (
            <li key={finding.code} className="flex gap-2.5 rounded-md bg-warn-soft px-3 py-2">
              <Icon
                size={16}
                strokeWidth={1.75}
                aria-hidden
                className="mt-0.5 shrink-0 text-warn"
              />
              <div className="min-w-0">
                <h3 className="font-medium wrap-anywhere">{finding.title}</h3>
                {isProven && (
                  <p className="text-xs text-warn">
                    Tried: with this change the signature matches.
                  </p>
                )}
                <p className="text-muted">{finding.advice}</p>
              </div>
            </li>
          );
        })}
      </ul>
      {tried > 0 && (
        <p className="text-xs text-faint">
          {formatCount(tried)} {tried === 1 ? "signature was" : "signatures were"} computed to find
          out{isComplete ? "." : ", then it was left at that: the body is large."}
        </p>
      )}
    </section>
  );
}
