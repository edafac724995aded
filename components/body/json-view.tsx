import { linesOfJson } from "#lib/body/json-document.ts";
import { scanJsonInSteps } from "#lib/body/json-lines.ts";
import { type ScanText, StructuredView, type StructuredViewProps } from "./structured-view.tsx";

const scanJson =
  (sequence: boolean): ScanText =>
  async (text, { pause, stopped }) => {
    const outcome = await scanJsonInSteps(text, sequence, pause, stopped);
    if (outcome?.kind !== "lines") return outcome;
    return { kind: "lines", lines: linesOfJson(outcome.lines) };
  };

const scanOne = scanJson(false);
const scanSequence = scanJson(true);

type JsonViewProps = StructuredViewProps & {
  /** Several values, one after the other. */
  sequence: boolean;
};

export function JsonView({ sequence, ...props }: JsonViewProps) {
  return <StructuredView {...props} name="JSON" scan={sequence ? scanSequence : scanOne} />;
}
