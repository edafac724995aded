import { isHooklensError, HooklensError } from "../errors.ts";
import { EDITED_BODY_BYTES_MAX } from "../contract/attempt-limits.ts";
import type { Attempt, ForwardCreate } from "../contract/forwards.ts";
import {
  type RunLine,
  type Scenario,
  type ScenarioFile,
  SCENARIOS_MAX,
} from "../contract/scenarios.ts";
import type { CapturedRequest } from "../contract/requests.ts";
import { readSearch } from "../search/words.ts";
import { hiderOf } from "../scenarios/hide.ts";
import { textOf } from "../scenarios/message.ts";
import { readScenario } from "../scenarios/read-source.ts";
import { type Event, type Hands, runScenario, type Tried } from "../scenarios/run.ts";
import type { Changed } from "../scenarios/set-event.ts";
import { StepFailure } from "../scenarios/step-failure.ts";
import type { ManageParts } from "./parts.ts";
import type { createSampleOperations } from "./samples.ts";
import { createSeats } from "./seats.ts";

/** Runs of one bin at a time, in this process. */
const RUNS_MAX = 3;
const SEQ = /^#?(\d{1,15})$/;
const ID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

type Edit = NonNullable<ForwardCreate["edit"]>;

type Parts = ManageParts & { samples: ReturnType<typeof createSampleOperations> };

export function createScenarioOperations({
  store,
  environments,
  forwarder,
  caller,
  samples,
}: Parts) {
  const takeSeat = createSeats(
    { inAll: Number.POSITIVE_INFINITY, perBin: RUNS_MAX },
    `${RUNS_MAX} runs of a bin go on at once at most.`,
    "rate_limited",
  );

  /** By their names. */
  const list = async (binId: string) => ({ items: await store.scenarios.list(binId) });

  /** @throws invalid_fields, scenario_exists, too_many_scenarios, bin_gone */
  async function add(binId: string, source: string): Promise<Scenario> {
    const { name } = readScenario(source);
    const added = await store.scenarios.add(binId, { name, source });
    if (added === "gone") throw new HooklensError("bin_gone", "It was deleted or has expired.");
    if (added === "exists") throw exists(name);
    if (added === "full") {
      throw new HooklensError(
        "too_many_scenarios",
        `A bin keeps ${SCENARIOS_MAX} at most. Remove one that is not used any more.`,
      );
    }
    return added;
  }

  /** @throws scenario_not_found */
  async function get(binId: string, id: string): Promise<Scenario> {
    const scenario = await store.scenarios.get(binId, id);
    if (!scenario) throw notFound();
    return scenario;
  }

  /** @throws invalid_fields, scenario_exists, scenario_not_found */
  async function change(binId: string, id: string, source: string): Promise<Scenario> {
    const { name } = readScenario(source);
    const changed = await store.scenarios.change(binId, id, { name, source });
    if (changed === "exists") throw exists(name);
    if (!changed) throw notFound();
    return changed;
  }

  /** @throws scenario_not_found */
  async function remove(binId: string, id: string): Promise<void> {
    if (!(await store.scenarios.remove(binId, id))) throw notFound();
  }

  /**
   * Runs it from this server, and keeps the report.
   * @returns a line for each step, then the report.
   * @throws scenario_not_found, environment_not_found, rate_limited
   */
  async function run(
    binId: string,
    id: string,
    environment: string | undefined,
    signal: AbortSignal,
  ): Promise<AsyncGenerator<RunLine>> {
    const leave = takeSeat(binId);
    try {
      const { source } = await get(binId, id);
      const scenario = readScenario(source);
      const { variables, secrets } = await open(binId, scenario, environment);
      const hands = handsOf(binId, secrets, signal);
      const running = { scenario, environment: environment ?? null, variables, secrets };
      return kept(runScenario({ ...running, hands, signal }), id, leave);
    } catch (error) {
      leave();
      throw error;
    }
  }

  async function* kept(
    lines: AsyncGenerator<RunLine>,
    id: string,
    leave: () => void,
  ): AsyncGenerator<RunLine> {
    try {
      for await (const line of lines) {
        if ("run" in line) await store.scenarios.saveRun(id, line.run);
        yield line;
      }
    } finally {
      leave();
    }
  }

  /** What the file says of an environment, and over it what the bin keeps. */
  async function open(binId: string, scenario: ScenarioFile, environment: string | undefined) {
    if (environment === undefined) return { variables: new Map<string, string>(), secrets: [] };
    const written = scenario.environments?.[environment];
    const own = Object.entries(written ?? {}).map(
      ([name, value]) => [name, String(value)] as const,
    );
    const kept = await environments.open(binId, environment).catch((error: unknown) => {
      if (written && isHooklensError(error) && error.code === "environment_not_found") return null;
      throw error;
    });
    return {
      variables: new Map([...own, ...(kept?.variables ?? [])]),
      secrets: kept?.secrets ?? [],
    };
  }

  function handsOf(binId: string, secrets: readonly string[], signal: AbortSignal): Hands {
    const hide = hiderOf(secrets);
    return {
      sample: (provider, event) =>
        asStep(async () => {
          const sent = await samples.send(binId, { provider, ...(event ? { event } : {}) });
          return eventOf(binId, sent.requestId);
        }),
      find: (which) => asStep(async () => eventOf(binId, await findId(binId, which))),
      send: (event, { changed, ...how }) =>
        asStep(async () => {
          const { to } = how;
          const edit = changed && editOf(changed);
          const input = { ...how, ...(edit && { edit }) };
          const forward = await forwarder.forward(binId, event.id, input, { hide });
          const [attempt] = forward.attempts;
          if (!attempt) throw new StepFailure("Nothing was tried");
          return triedOf(attempt, event.method, to);
        }),
      call: (call) =>
        asStep(async (): Promise<Tried> => {
          const result = await caller(binId, call, signal);
          const asked = `${call.method} ${call.url}`;
          if (result.kind === "failure") return { asked, answer: null, error: result.message };
          const { status, headers, body, timing } = result;
          const answer = { status, headers, body: textOf(body), totalMs: timing.totalMs };
          return { asked, answer, error: null };
        }),
    };
  }

  async function eventOf(binId: string, id: string): Promise<Event> {
    const [request, body] = await Promise.all([
      store.requests.get(binId, id),
      store.requests.body(binId, id),
    ]);
    if (!request || !body) throw new StepFailure("The request was removed meanwhile");
    return toEvent(request, body);
  }

  async function findId(binId: string, which: string): Promise<string> {
    if (ID.test(which)) return which;
    const seq = SEQ.exec(which)?.[1];
    if (seq !== undefined) {
      const [found] = await store.requests.list(binId, { limit: 1, before: Number(seq) + 1 });
      if (found?.seq === Number(seq)) return found.id;
      throw new StepFailure(`There is no request #${seq}: it was removed, or has not come yet`);
    }
    const { items } = await store.requests.search(binId, readSearch(which), { limit: 1 });
    const [newest] = items;
    if (newest) return newest.id;
    throw new StepFailure(`No request matches ${which}`);
  }

  return { list, check: readScenario, add, get, change, remove, run };
}

const toEvent = ({ id, method, target, headers }: CapturedRequest, body: Buffer): Event => ({
  id,
  method,
  target,
  headers,
  body: textOf(body),
  bytes: body,
});

function editOf({ headers, body }: Changed): Edit {
  const bytes = body === undefined ? undefined : Buffer.from(body);
  if (bytes && bytes.length > EDITED_BODY_BYTES_MAX) {
    throw new StepFailure("Values can be set in a body of 3 MiB at most");
  }
  return { ...(headers && { headers }), ...(bytes && { bodyBase64: bytes.toString("base64") }) };
}

function triedOf(attempt: Attempt, method: string, to: string): Tried {
  const asked = `${method} ${attempt.url ?? to}`;
  if (attempt.error || attempt.status === null) {
    return { asked, answer: null, error: attempt.error?.message ?? "No answer came" };
  }
  const { status, headers, timing } = attempt;
  const body = textOf(Buffer.from(attempt.bodyBase64, "base64"));
  return { asked, answer: { status, headers, body, totalMs: timing.totalMs }, error: null };
}

/** What the API would refuse is what the step failed of. */
async function asStep<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!isHooklensError(error)) throw error;
    throw new StepFailure(error.errors?.[0]?.detail ?? error.message);
  }
}

const exists = (name: string) =>
  new HooklensError("scenario_exists", `There is one named "${name}" already.`);

const notFound = () =>
  new HooklensError("scenario_not_found", "It was never here, or was removed since.");
