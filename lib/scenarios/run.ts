import type {
  Check,
  RunLine,
  RunReport,
  ScenarioFile,
  Step,
  StepReport,
} from "../contract/scenarios.ts";
import { withinMs } from "../contract/within-ms.ts";
import { check } from "./check.ts";
import { fill, fillUrl, type Scope } from "./fill.ts";
import { fillJson } from "./fill-json.ts";
import { hiderOf } from "./hide.ts";
import { headerOf, type Message } from "./message.ts";
import { type Changed, setIn } from "./set-event.ts";
import { StepFailure } from "./step-failure.ts";
import { type Answer, subjectOf } from "./subject.ts";

/** A captured request, or a sample that was just captured. */
export type Event = Message & {
  id: string;
  method: string;
  target: string;
  /** Its body, as it came. */
  bytes: Uint8Array;
};

/** One try to send or to call. `answer` is null when none came: then `error` says why. */
export type Tried = { asked: string; answer: Answer | null; error: string | null };

export type Call = {
  method: string;
  url: string;
  headers: [string, string][];
  body: string | null;
};

/** `changed`: what is other than it came, before it is signed; null when nothing is. */
export type Sending = { to: string; append: boolean; resign: boolean; changed: Changed | null };

/** Where a run reaches the world: from the server, or from a developer's machine. All of them throw StepFailure. */
export type Hands = {
  sample: (provider: string, event: string | undefined) => Promise<Event>;
  /** By its number, its id, or a filter of which the newest is taken. */
  find: (which: string) => Promise<Event>;
  send: (event: Event, how: Sending) => Promise<Tried>;
  call: (call: Call) => Promise<Tried>;
};

export type Running = {
  scenario: Pick<ScenarioFile, "name" | "steps">;
  environment: string | null;
  variables: ReadonlyMap<string, string>;
  /** Values that no report may hold. */
  secrets: readonly string[];
  hands: Hands;
  signal: AbortSignal;
};

const PAUSE_MS = 250;
const GOT_CHARACTERS_MAX = 500;

/** What the run knows so far. */
type State = Scope & { kept: Map<string, string> };

/** Takes one step after the other; after one that fails the rest is skipped, since it builds on it. */
export async function* runScenario(running: Running): AsyncGenerator<RunLine> {
  const { scenario, environment, variables } = running;
  const startedAt = new Date();
  const steps: StepReport[] = [];
  const state: State = { variables, kept: new Map(), event: null, answer: null };
  for (const [index, step] of scenario.steps.entries()) {
    const isSkipped = steps.some(({ state }) => state !== "passed") || running.signal.aborted;
    const report = isSkipped ? skipped(step, index) : await takeStep(step, index, state, running);
    steps.push(report);
    yield { step: index, report };
  }
  const run: RunReport = {
    scenario: scenario.name,
    environment,
    startedAt: startedAt.toISOString(),
    totalMs: Date.now() - startedAt.getTime(),
    passed: steps.every(({ state }) => state === "passed"),
    steps,
  };
  yield { run };
}

const nameOf = (step: Step, index: number) =>
  step.name ??
  step.call ??
  step.sample ??
  (step.request === undefined ? `Step ${index + 1}` : `Request ${step.request}`);

const emptyReport = (step: Step, index: number): StepReport => ({
  name: nameOf(step, index),
  kind: step.call === undefined ? "event" : "call",
  state: "failed",
  asked: null,
  requestId: null,
  status: null,
  totalMs: null,
  tries: 0,
  error: null,
  checks: [],
});

const skipped = (step: Step, index: number): StepReport => ({
  ...emptyReport(step, index),
  state: "skipped",
});

async function takeStep(
  step: Step,
  index: number,
  state: State,
  running: Running,
): Promise<StepReport> {
  const report = emptyReport(step, index);
  try {
    const attempt =
      step.call === undefined
        ? await sending(step, state, running, report)
        : calling(step, state, running);
    const until = Date.now() + (step.within ? withinMs(step.within) : 0);
    do {
      if (report.tries > 0) await pause(running.signal);
      await tryOnce(step, state, report, attempt);
    } while (report.state === "failed" && Date.now() + PAUSE_MS < until && !running.signal.aborted);
    if (report.state === "passed") keep(step, state);
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error;
    report.state = "failed";
    report.error = `${error.message.replace(/\.$/, "")}.`;
  }
  return hideSecrets(report, running.secrets);
}

async function tryOnce(
  step: Step,
  state: State,
  report: StepReport,
  attempt: () => Promise<Tried>,
): Promise<void> {
  report.tries += 1;
  const { asked, answer, error } = await attempt();
  state.answer = answer;
  report.asked = asked;
  report.error = error;
  report.status = answer?.status ?? null;
  report.totalMs = answer ? Math.round(answer.totalMs) : null;
  const location = answer && locationOf(answer, asked);
  if (location) report.location = location;
  else delete report.location;
  report.checks = answer ? check(answer, step.expect, (text) => fill(text, state)) : [];
  report.state =
    error === null && report.checks.every(({ passed }) => passed) ? "passed" : "failed";
}

/** Of a redirect, seen from what was asked: a method and a URL. */
function locationOf(answer: Answer, asked: string): string | null {
  const location = answer.status >= 300 && answer.status < 400 && headerOf(answer, "location");
  if (!location || location.text === "") return null;
  const from = asked.slice(asked.indexOf(" ") + 1);
  return URL.canParse(location.text, from) ? new URL(location.text, from).href : location.text;
}

async function sending(
  step: Step,
  state: State,
  { hands }: Running,
  report: StepReport,
): Promise<() => Promise<Tried>> {
  const event = await eventOf(step, state, hands);
  report.requestId = event.id;
  // What is set may name the event itself.
  state.event = event;
  const changed = setIn(event, step, (text) => fill(text, state));
  state.event = { ...event, ...changed };
  const { append = false, resign = false } = step;
  const to = fillUrl(step.to ?? "", state);
  return () => hands.send(event, { to, append, resign, changed });
}

function eventOf(step: Step, state: State, hands: Hands): Promise<Event> {
  if (step.sample === undefined) return hands.find(fill(String(step.request), state));
  const [provider = "", event] = fill(step.sample, state).trim().split(/\s+/);
  return hands.sample(provider, event);
}

function calling(step: Step, state: State, { hands }: Running): () => Promise<Tried> {
  const [, method = "GET", url] = /^(?:([A-Za-z]+)\s+)?(\S.*)$/.exec(step.call?.trim() ?? "") ?? [];
  if (!url) throw new StepFailure("A call is a method and a URL, such as GET {{app}}/orders/1");
  const headers = Object.entries(step.headers ?? {}).map(([name, value]): [string, string] => [
    name,
    fill(value, state),
  ]);
  const isJson = step.body !== undefined && typeof step.body !== "string";
  if (isJson && !headers.some(([name]) => name.toLowerCase() === "content-type")) {
    headers.push(["Content-Type", "application/json"]);
  }
  const body = step.body === undefined ? null : fillJson(step.body, (text) => fill(text, state));
  const call = { method: method.toUpperCase(), url: fillUrl(url, state), headers, body };
  return () => hands.call(call);
}

function keep({ keep: wanted = {} }: Step, state: State): void {
  for (const [name, subject] of Object.entries(wanted)) {
    const found = state.answer && subjectOf(state.answer, subject);
    if (!found) throw new StepFailure(`The answer has no ${subject} to keep as ${name}`);
    state.kept.set(name, found.text);
  }
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, PAUSE_MS);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    }
    signal.addEventListener("abort", done, { once: true });
  });
}

function hideSecrets(report: StepReport, secrets: readonly string[]): StepReport {
  const hide = hiderOf(secrets);
  const orNull = (text: string | null) => text && hide(text);
  return {
    ...report,
    asked: orNull(report.asked),
    error: orNull(report.error),
    ...(report.location !== undefined && { location: hide(report.location) }),
    checks: report.checks.map(
      (one): Check => ({
        ...one,
        wanted: hide(one.wanted),
        // Shortened last: of a secret that is cut in two a part would be shown.
        got: one.got && hide(one.got).slice(0, GOT_CHARACTERS_MAX),
      }),
    ),
  };
}
