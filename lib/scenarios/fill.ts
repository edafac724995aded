import type { Found, Message } from "./message.ts";
import { StepFailure } from "./step-failure.ts";
import { type Answer, partOf, subjectOf } from "./subject.ts";

/** What `{{...}}` can name. */
export type Scope = {
  variables: ReadonlyMap<string, string>;
  /** Of earlier steps; they win over variables of the same name. */
  kept: ReadonlyMap<string, string>;
  event: (Message & { id: string; method: string; target: string }) | null;
  answer: Answer | null;
};

const TEMPLATE = /\{\{\s*([^{}]*?)\s*\}\}/g;

/**
 * Puts values into a text.
 * @param encode what is done to a value that somebody else chose: of an event, an answer, or kept from one.
 * @throws StepFailure when it names something that is not there
 */
export function fill(text: string, scope: Scope, encode: (value: string) => string = same): string {
  return text.replace(TEMPLATE, (_, name: string) => {
    const own = scope.kept.has(name) ? undefined : scope.variables.get(name);
    if (own !== undefined) return own;
    const foreign = scope.kept.get(name) ?? foreignValue(name, scope)?.text;
    if (foreign === undefined) throw new StepFailure(whyUnknown(name, scope));
    return encode(foreign);
  });
}

const same = (value: string) => value;

/** A URL whose filled-in values can't leave their place: what an event says is never a host or another path. */
export const fillUrl = (text: string, scope: Scope) => fill(text, scope, encodeURIComponent);

function foreignValue(name: string, { event, answer }: Scope): Found | null {
  if (event && name.startsWith("event.")) {
    const part = name.slice("event.".length);
    if (part === "id" || part === "method") return { kind: "text", text: event[part] };
    return part === "path" ? { kind: "text", text: event.target } : partOf(event, part);
  }
  if (answer && name.startsWith("answer.")) return subjectOf(answer, name.slice("answer.".length));
  return null;
}

function whyUnknown(name: string, { event, answer }: Scope): string {
  if (name.startsWith("event.")) {
    return event
      ? `The event has no ${name.slice("event.".length)}`
      : "No event was sent before this step";
  }
  if (name.startsWith("answer.")) {
    return answer
      ? `The last answer has no ${name.slice("answer.".length)}`
      : "There is no answer before this step";
  }
  return `There is no variable ${name}: set it in the environment, or keep it in an earlier step`;
}
