import type { ApiClient } from "./client.ts";
import type { ExperimentCreate, ExperimentLine } from "./experiments.ts";
import { jsonLines } from "./json-lines.ts";

/** Runs an experiment with a request: a line as each thing happens, the verdict last. */
export async function* runExperiment(
  api: ApiClient,
  { binId, requestId }: { binId: string; requestId: string },
  input: ExperimentCreate,
  signal: AbortSignal,
): AsyncGenerator<ExperimentLine> {
  const path = `requests/${encodeURIComponent(requestId)}/experiments`;
  const response = await api.callBin("POST", binId, path, { body: input, signal });
  for await (const line of jsonLines(response)) yield line as ExperimentLine;
}
