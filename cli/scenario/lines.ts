import type { RunReport, StepReport } from "#lib/contract/scenarios.ts";
import type { Io } from "../io.ts";
import { visible } from "../terminal/visible.ts";
import { wrap } from "../terminal/wrap.ts";

const INDENT = 6;

export const headLine = (name: string, environment: string | null, { style }: Io) =>
  style.strong(visible(name)) +
  (environment === null ? "" : style.dim(`  ${visible(environment)}`));

/** A step on a line, and what was not as expected beneath it. */
export function stepLines(report: StepReport, io: Io): string[] {
  const { style } = io;
  const marks = { passed: style.good("✓"), failed: style.bad("✕"), skipped: style.dim("–") };
  const facts = [
    report.status,
    report.totalMs !== null && `${report.totalMs} ms`,
    report.tries > 1 && `${report.tries} tries`,
    report.state === "skipped" && "skipped",
  ].filter((fact) => fact !== null && fact !== false);
  const asked = report.asked && report.asked !== report.name ? `  ${visible(report.asked)}` : "";
  const head = `  ${marks[report.state]} ${visible(report.name)}${style.dim(`${asked}  ${facts.join("  ")}`)}`;
  return [
    head,
    ...(report.location === undefined ? [] : [leads(report.location, io)]),
    ...whatFailed(report).flatMap((line) =>
      wrap(visible(line), io.columns(), INDENT).map(style.bad),
    ),
  ];
}

const leads = (location: string, { style }: Io): string =>
  " ".repeat(INDENT) + style.dim(`leads to ${visible(location)}, which is not followed`);

/** In words, a line each. */
export const whatFailed = ({ error, checks }: StepReport): string[] => [
  ...(error === null ? [] : [error]),
  ...checks
    .filter(({ passed }) => !passed)
    .map(({ subject, wanted, got }) => `${subject}: expected ${wanted}, got ${got ?? "nothing"}`),
];

export function sumLine({ scenario, passed, steps, totalMs }: RunReport, { style }: Io): string {
  const of = (state: StepReport["state"]) => steps.filter((step) => step.state === state).length;
  const parts = [`${of("passed")} passed`, `${of("failed")} failed`, `${of("skipped")} skipped`];
  const sum = `${visible(scenario)}: ${parts.join(", ")} in ${(totalMs / 1000).toFixed(1)} s`;
  return passed ? style.good(sum) : style.bad(sum);
}
