import type { SavedFilter } from "#lib/contract/filters.ts";
import type { SuggestedPlace } from "#lib/contract/suggestions.ts";
import { type Completion, completionsOf } from "#lib/search/completions.ts";
import type { CompletionPlan } from "#lib/search/plan-completion.ts";

/** A completion of what is being typed, or a saved filter in place of all. */
export type Option = {
  key: string;
  text: string;
  detail: string;
  completion?: Completion;
  query?: string;
};

/** `isAsked`: also where it would be in the way while one types on. */
export function optionsFor(
  query: string,
  plan: CompletionPlan | null,
  places: readonly SuggestedPlace[],
  filters: readonly SavedFilter[],
  isAsked: boolean,
): Option[] {
  if (!plan) return [];
  const isBetween = plan.kind === "field" && plan.typed === "" && query.trim() !== "";
  if (isBetween && !isAsked) return [];
  const completions = completionsOf(plan, places).map((completion) => ({
    key: `c${completion.insert}`,
    text: completion.text,
    detail: completion.detail,
    completion,
  }));
  const [only] = completions;
  const isThere = only?.completion.isWhole && only.text === query.slice(plan.from, plan.to);
  return [...savedFor(query, filters), ...(isThere && completions.length === 1 ? [] : completions)];
}

/** By name, while nothing else is typed. */
function savedFor(query: string, filters: readonly SavedFilter[]): Option[] {
  const typed = query.trim().toLowerCase();
  return filters
    .filter(({ name, q }) => q !== query && name.toLowerCase().startsWith(typed))
    .map(({ id, name, q }) => ({ key: `s${id}`, text: name, detail: q, query: q }));
}
