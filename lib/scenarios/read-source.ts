import type { z } from "zod";
import { issueWords } from "../contract/issue-words.ts";
import { type ScenarioFile, scenarioFileSchema } from "../contract/scenarios.ts";
import { HooklensError } from "../errors.ts";
import { placeOf, readYaml, YamlMistake } from "../yaml/tree.ts";
import { type Placed, placedValue } from "../yaml/value.ts";

const ERRORS_MAX = 20;

/** A scenario out of its YAML. @throws invalid_fields, with the line and column of each mistake */
export function readScenario(source: string): ScenarioFile {
  const placed = read(source);
  const parsed = scenarioFileSchema.safeParse(placed.value, { error: issueWords });
  if (parsed.success) return withLines(parsed.data, source, placed);
  const errors = parsed.error.issues.slice(0, ERRORS_MAX).map((issue) => {
    const { line, column } = placeOf(source, placed.at(issue.path));
    const where = issue.path.length > 0 ? ` (${printPath(issue.path)})` : "";
    const detail = `Line ${line}, column ${column}${where}: ${messageOf(issue)}`;
    return { pointer: "/source", detail };
  });
  throw new HooklensError("invalid_fields", `${errors[0]?.detail ?? "It is no scenario"}.`, {
    errors,
  });
}

/** What is not in an event is known when it is sent: then it is told where it was asked for. */
function withLines(file: ScenarioFile, source: string, placed: Placed): ScenarioFile {
  const steps = file.steps.map((step, index) => {
    if (!step.set) return step;
    const lines = Object.keys(step.set).map((place): [string, number] => [
      place,
      placeOf(source, placed.at(["steps", index, "set", place])).line,
    ]);
    return { ...step, lines: Object.fromEntries(lines) };
  });
  return { ...file, steps };
}

function read(source: string): Placed {
  try {
    const tree = readYaml(source);
    if (!tree) throw new YamlMistake(0, "It is empty: a scenario has a name and steps.");
    return placedValue(tree);
  } catch (error) {
    if (!(error instanceof YamlMistake)) throw error;
    const { line, column } = placeOf(source, error.at);
    const detail = `Line ${line}, column ${column}: ${error.message}`;
    throw new HooklensError("invalid_fields", detail, { errors: [{ pointer: "/source", detail }] });
  }
}

/** What is wrong with a name stands within the issue. */
const messageOf = (issue: z.core.$ZodIssue) =>
  (issue.code === "invalid_key" && issue.issues[0]?.message) || issue.message;

const printPath = (path: readonly PropertyKey[]) =>
  path
    .map((part, place) =>
      typeof part === "number" ? `[${part}]` : `${place > 0 ? "." : ""}${String(part)}`,
    )
    .join("");
