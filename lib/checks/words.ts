import type { CheckError } from "../contract/shapes.ts";

/** As the validator gives it. */
export type RawError = {
  keyword: string;
  absoluteKeywordLocation: string;
  instanceLocation: string;
};

const ERRORS_MAX = 50;

/** `#/a/b` and `https://x/#/a/b` are `/a/b`. */
export const pointerOf = (location: string) => decodeURIComponent(location.replace(/^[^#]*#?/, ""));

/** What is wrong, in words, by what the schema says at the place that was not kept. */
export function toldErrors(
  raw: readonly RawError[],
  valueAt: (pointer: string) => unknown,
  instance: unknown,
): { errors: CheckError[]; isCut: boolean } {
  const told = new Map<string, CheckError>();
  for (const { keyword, absoluteKeywordLocation, instanceLocation } of raw) {
    const name = keyword.split("/").at(-1) ?? keyword;
    const at = pointerOf(instanceLocation);
    const wanted = valueAt(pointerOf(absoluteKeywordLocation));
    const message = words(name, wanted, at, instance);
    told.set(`${at} ${message}`, { at, message, keyword: name });
  }
  const errors = [...told.values()].sort((a, b) => a.at.split("/").length - b.at.split("/").length);
  return { errors: errors.slice(0, ERRORS_MAX), isCut: errors.length > ERRORS_MAX };
}

const bounds: Record<string, (wanted: string) => string> = {
  minimum: (least) => `Should be at least ${least}`,
  maximum: (most) => `Should be at most ${most}`,
  exclusiveMinimum: (least) => `Should be more than ${least}`,
  exclusiveMaximum: (most) => `Should be less than ${most}`,
  multipleOf: (unit) => `Should be a multiple of ${unit}`,
  minLength: (least) => `Should have at least ${least} characters`,
  maxLength: (most) => `Should have at most ${most} characters`,
  minItems: (least) => `Should have at least ${least} elements`,
  maxItems: (most) => `Should have at most ${most} elements`,
  minProperties: (least) => `Should have at least ${least} fields`,
  maxProperties: (most) => `Should have at most ${most} fields`,
};

function words(name: string, wanted: unknown, at: string, instance: unknown): string {
  switch (name) {
    case "type":
      return `Should be ${list(wanted, " or ")}`;
    case "required":
      return `Lacks ${list(missing(wanted, at, instance))}`;
    case "enum":
      return `Should be one of ${list(wanted)}`;
    case "const":
      return `Should be ${shown(wanted)}`;
    case "format":
      return `Should be a ${shownWord(wanted)}`;
    case "pattern":
      return `Should match ${shownWord(wanted)}`;
    case "anyOf":
      return "Fits none of the alternatives (anyOf)";
    case "oneOf":
      return "Should fit just one of the alternatives (oneOf)";
    case "not":
      return "Fits what it should not (not)";
    case "validate":
      return "Is not allowed here";
    default:
      return (
        (Object.hasOwn(bounds, name) ? bounds[name]?.(shown(wanted)) : null) ??
        `Does not keep ${name}`
      );
  }
}

function missing(wanted: unknown, at: string, instance: unknown): unknown[] {
  const there = at
    .split("/")
    .slice(1)
    .reduce<unknown>(
      (value, key) =>
        (value as Record<string, unknown> | undefined)?.[
          key.replaceAll("~1", "/").replaceAll("~0", "~")
        ],
      instance,
    );
  const names = Array.isArray(wanted) ? wanted : [];
  const has = (name: unknown) =>
    typeof there === "object" && there !== null && Object.hasOwn(there, String(name));
  return names.filter((name) => !has(name));
}

const list = (wanted: unknown, between = ", ") =>
  (Array.isArray(wanted) ? (wanted as unknown[]) : [wanted])
    .slice(0, 12)
    .map(shownWord)
    .join(between);
const shown = (value: unknown) => (JSON.stringify(value) ?? "otherwise").slice(0, 100);
const shownWord = (value: unknown) =>
  typeof value === "string" ? value.slice(0, 100) : shown(value);
