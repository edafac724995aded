import type { CheckPlan, Source } from "./check-plan.ts";

export const sourcesOf = ({ sources, time, message }: CheckPlan): Source[] => [
  ...sources,
  ...(time?.sources ?? []),
  ...message.flatMap((part) => (part.kind === "value" ? [part.source] : [])),
];

/** `path`: with its query, as it was asked for. */
export type Input = "header" | "method" | "url" | "path" | "body";

/** What a handler must hand to the check, in this order. */
export function inputsOf(plan: CheckPlan): Input[] {
  const kinds = new Set<string>([...sourcesOf(plan), ...plan.message].map(({ kind }) => kind));
  const all: Input[] = ["header", "method", "url", "body"];
  return all.filter(
    (input) =>
      kinds.has(input) || (input === "body" && (plan.digestInQuery !== null || readsBody(kinds))),
  );
}

/** What HubSpot takes out of the URL before it signs; lib/signatures/derived.ts has the source. */
export const DECODED_ESCAPES = "%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)";

const readsBody = (kinds: ReadonlySet<string>) =>
  ["json", "form", "fields"].some((kind) => kinds.has(kind));
