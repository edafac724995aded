import type { RunReport, StepReport } from "#lib/contract/scenarios.ts";
import { whatFailed } from "./lines.ts";

/** The reports as JUnit's XML, as build servers read it: a suite for each scenario, a case for each step. */
export function toJunit(reports: readonly RunReport[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${reports.map(suite).join("")}</testsuites>\n`;
}

function suite({ scenario, environment, startedAt, totalMs, steps }: RunReport): string {
  const of = (state: StepReport["state"]) => steps.filter((step) => step.state === state).length;
  const name = environment === null ? scenario : `${scenario} (${environment})`;
  const facts = {
    name,
    tests: steps.length,
    failures: of("failed"),
    skipped: of("skipped"),
    time: totalMs / 1000,
    timestamp: startedAt,
  };
  return `<testsuite ${attributes(facts)}>\n${steps.map((step) => testCase(step, name)).join("")}</testsuite>\n`;
}

function testCase(step: StepReport, classname: string): string {
  const open = `<testcase ${attributes({ name: step.name, classname, time: (step.totalMs ?? 0) / 1000 })}`;
  if (step.state === "passed") return `${open}/>\n`;
  if (step.state === "skipped") return `${open}><skipped/></testcase>\n`;
  const [message = "", ...more] = whatFailed(step);
  const text = escape([step.asked, message, ...more].filter(Boolean).join("\n"));
  return `${open}><failure ${attributes({ message })}>${text}</failure></testcase>\n`;
}

const attributes = (facts: Record<string, string | number>) =>
  Object.entries(facts)
    .map(([name, value]) => `${name}="${escape(String(value))}"`)
    .join(" ");

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** What XML 1.0 can't hold at all is shown as U+FFFD. */
const escape = (text: string) =>
  text
    .replace(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu, "\ufffd")
    .replace(/[&<>"]/g, (char) => entities[char] ?? char);
