import { type ScanText, StructuredView, type StructuredViewProps } from "./structured-view.tsx";
import { XmlScanner } from "#lib/body/xml-scan.ts";

/** Characters read in one go: 1 to 5 ms. */
const STEP = 40_000;

const scanXml: ScanText = async (text, { pause, stopped }) => {
  const scanner = new XmlScanner(text);
  while (!stopped()) {
    const outcome = scanner.step(STEP);
    if (outcome) return outcome;
    await pause();
  }
  return null;
};

export function XmlView(props: StructuredViewProps) {
  return <StructuredView {...props} name="XML" scan={scanXml} />;
}
