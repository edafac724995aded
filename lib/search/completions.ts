import type { SuggestedPlace } from "../contract/suggestions.ts";
import { fieldHelp, usualValues } from "./field-help.ts";
import type { CompletionPlan } from "./plan-completion.ts";

/** One way to go on. `isWhole`: the term is whole with it; else something is still to be typed behind it. */
export type Completion = {
  text: string;
  insert: string;
  detail: string;
  isWhole: boolean;
};

const COMPLETIONS_MAX = 60;
/** What is typed of an event or a path is looked for without its field from so many characters on. */
const TERM_TYPED_MIN = 2;
const TERM_FIELDS = ["event", "provider", "method", "path"];

/** What may stand at the planned place, best first. */
export function completionsOf(
  plan: CompletionPlan,
  places: readonly SuggestedPlace[],
): Completion[] {
  const ranked = plan.kind === "field" ? fieldsFor(plan.typed, places) : valuesFor(plan, places);
  return ranked
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, COMPLETIONS_MAX)
    .map(({ completion }) => completion);
}

/** The text with a completion in it, and where the cursor is then. */
export function complete(
  text: string,
  plan: CompletionPlan,
  { insert, isWhole }: Completion,
): { text: string; cursor: number } {
  const after = text.slice(plan.to);
  const hasOperator = plan.kind === "field" && /^[:<>]/.test(after);
  const written = hasOperator ? insert.replace(/[:<>]+-?$/, "") : insert;
  const space = isWhole && !/^[\s)]/.test(after) ? " " : "";
  const before = text.slice(0, plan.from) + written + space;
  return { text: before + after, cursor: before.length };
}

type Ranked = { rank: number; completion: Completion };

function fieldsFor(typed: string, places: readonly SuggestedPlace[]): Ranked[] {
  return [...plainFields(typed), ...keyedPlaces(typed, places), ...wholeTerms(typed, places)];
}

function plainFields(typed: string): Ranked[] {
  return Object.entries(fieldHelp).flatMap(([name, { begin, help }]) =>
    name.startsWith(typed.toLowerCase())
      ? [{ rank: 0, completion: { text: name, insert: begin, detail: help, isWhole: false } }]
      : [],
  );
}

/** Places with a name or a path of their own, such as `header.user-agent`. */
function keyedPlaces(typed: string, places: readonly SuggestedPlace[]): Ranked[] {
  return places.flatMap(({ field, type, values }) => {
    const rank = rankOf(field, typed);
    if (rank === null || typed === "" || !/[.[]/.test(field)) return [];
    const [example = ""] = values;
    const kind = field.startsWith("body") ? type : "";
    const detail = [kind, example].filter(Boolean).join(" \u00b7 ");
    return [{ rank, completion: { text: field, insert: `${field}:`, detail, isWhole: false } }];
  });
}

/** `char` leads to `event:charge.failed`. */
function wholeTerms(typed: string, places: readonly SuggestedPlace[]): Ranked[] {
  if (typed.length < TERM_TYPED_MIN) return [];
  return places
    .filter(({ field }) => TERM_FIELDS.includes(field))
    .flatMap(({ field, values }) =>
      values.flatMap((value) => {
        const rank = rankOf(plain(value), typed);
        const term = `${field}:${value}`;
        const completion = { text: term, insert: term, detail: "", isWhole: true };
        return rank === null ? [] : [{ rank: rank + 1, completion }];
      }),
    );
}

function valuesFor(
  { field, typed, operator }: CompletionPlan & { kind: "value" },
  places: readonly SuggestedPlace[],
): Ranked[] {
  const asked = anyElement(field.toLowerCase());
  const held = places.find((place) => place.field.toLowerCase() === asked)?.values ?? [];
  const usual = usualValues[asked] ?? [];
  const fitting = operator === ":" ? held : held.filter((value) => /^-?\d/.test(value));
  const found = [...new Set([...fitting, ...usual.filter((value) => fits(value, operator))])];
  const ranked = found.flatMap((value) => {
    const rank = rankOf(plain(value), typed);
    return rank === null ? [] : [{ rank, completion: whole(value, "") }];
  });
  if (operator === ":" && typed === "" && (held.length > 0 || usual.length > 0)) {
    ranked.push({ rank: 3, completion: whole("*", "any value") });
  }
  return ranked;
}

const whole = (value: string, detail: string): Completion => ({
  text: value,
  insert: value,
  detail,
  isWhole: true,
});

/** A time ago is compared, a wildcard is not. */
function fits(value: string, operator: string): boolean {
  return operator === ":" ? !/^-\d/.test(value) : !value.includes("*");
}

/** 0: it begins so; 1: a part of it does; 2: it has it somewhere; null: it has not. */
function rankOf(text: string, typed: string): number | null {
  const at = text.toLowerCase().indexOf(typed.toLowerCase());
  if (at < 0) return null;
  if (at === 0) return 0;
  return /[a-z0-9]/i.test(text.charAt(at - 1)) ? 2 : 1;
}

const plain = (value: string) => value.replace(/\\(["\\])|"/g, "$1");

/** A path to one element as the path to any, which is how places are told. */
const anyElement = (field: string) => field.replace(/\[\d+\]|\.\d+(?=[.[]|$)/g, "[*]");
