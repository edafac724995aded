import type {
  DestinationCreate,
  DestinationPatch,
  DestinationSettings,
} from "../contract/destinations.ts";
import { NEW_DESTINATION } from "../contract/destinations.ts";
import { type FieldError, isHooklensError, wrongFields } from "../errors.ts";
import { parseTarget } from "../forward/target.ts";
import { mistakeText, parseQuery } from "../search/parse.ts";
import { headerMistakes } from "./destination-headers.ts";

type Input = Omit<DestinationCreate | DestinationPatch, "from">;

/**
 * The settings with a merge patch (RFC 7396) in them: null sets back to the default.
 * @throws HooklensError invalid_fields for what can't be: a URL, a query, a header, delays that contradict each other.
 */
export function mergeDestination(now: DestinationSettings, input: Input): DestinationSettings {
  const merged: DestinationSettings = {
    url: input.url ?? now.url,
    q: merge(now.q, input.q, NEW_DESTINATION.q),
    enabled: merge(now.enabled, input.enabled, NEW_DESTINATION.enabled),
    append: merge(now.append, input.append, NEW_DESTINATION.append),
    resign: merge(now.resign, input.resign, NEW_DESTINATION.resign),
    ordered: merge(now.ordered, input.ordered, NEW_DESTINATION.ordered),
    ratePerSecond: merge(now.ratePerSecond, input.ratePerSecond, null),
    headers: mergeObject(now.headers, input.headers, NEW_DESTINATION.headers),
    retry: mergeObject(now.retry, input.retry, NEW_DESTINATION.retry),
    breaker: mergeObject(now.breaker, input.breaker, NEW_DESTINATION.breaker),
  };
  const [first, ...more] = mistakes(merged);
  if (!first) return merged;
  throw wrongFields([first, ...more]);
}

function merge<Value>(now: Value, given: Value | null | undefined, fallback: Value): Value {
  if (given === undefined) return now;
  return given === null ? fallback : given;
}

function mergeObject<Fields extends object>(
  now: Fields,
  given: { [Name in keyof Fields]?: Fields[Name] | null | undefined } | null | undefined,
  fallback: Fields,
): Fields {
  if (!given) return given === null ? fallback : now;
  const names = Object.keys(now) as (keyof Fields)[];
  const entries = names.map((name) => [name, merge(now[name], given[name], fallback[name])]);
  return Object.fromEntries(entries) as Fields;
}

function* mistakes({ url, q, headers, retry }: DestinationSettings): Generator<FieldError> {
  const wrongUrl = urlMistake(url);
  if (wrongUrl) yield { pointer: "/url", detail: wrongUrl };
  const parsed = q === "" ? null : parseQuery(q);
  if (parsed && !parsed.ok) yield { pointer: "/q", detail: mistakeText(parsed.mistake) };
  yield* headerMistakes(headers);
  if (retry.maxDelaySeconds < retry.firstDelaySeconds) {
    const detail = `The longest pause is at least the first one, ${retry.firstDelaySeconds} s`;
    yield { pointer: "/retry/maxDelaySeconds", detail };
  }
}

/** Null when it can be forwarded to; where it leads is judged with each attempt. */
function urlMistake(url: string): string | null {
  try {
    parseTarget(url);
    return null;
  } catch (error) {
    if (!isHooklensError(error)) throw error;
    return error.errors?.[0]?.detail ?? error.message;
  }
}
