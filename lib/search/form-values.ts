import { percentDecode } from "../contract/percent.ts";
import type { BodyValue } from "./json-values.ts";
import { fold, isWhole } from "./pattern.ts";
import type { Step } from "./query.ts";

/** A name and its value, decoded. */
export type Field = [name: string, value: string];

/** The fields of a query or an urlencoded form, in their order. */
export function readFields(text: string): Field[] {
  if (text === "") return [];
  return text.split("&").map((field) => {
    const equals = field.indexOf("=");
    const [name, value] =
      equals < 0 ? [field, ""] : [field.slice(0, equals), field.slice(equals + 1)];
    return [decode(name), decode(value)];
  });
}

const decode = (raw: string) => (/[%+]/.test(raw) ? percentDecode(raw).text : raw);

/** A form's field: its folded name whole, and cut at its brackets. `items[]` is given the next free place. */
export type FormField = { name: string; steps: string[]; value: string };

export function toFormFields(fields: readonly Field[]): FormField[] {
  const next = new Map<string, number>();
  return fields.map(([given, value]) => {
    const name = fold(given);
    const cut = /^([^[\]]+)((?:\[[^[\]]*\])+)$/.exec(name);
    if (!cut) return { name, steps: [name], value };
    const [, first = "", rest = ""] = cut;
    const steps = [first, ...rest.slice(1, -1).split("][")];
    const place = steps.indexOf("");
    if (place > 0) {
      const number = next.get(name) ?? 0;
      next.set(name, number + 1);
      steps[place] = String(number);
    }
    return { name, steps, value };
  });
}

/** Visits the values at a path: `a[b][0]` is at a.b[0], and so is a field named `a.b[0]` as it stands. */
export function someFormValue(
  fields: readonly FormField[],
  path: readonly Step[],
  visit: (value: BodyValue) => boolean,
): boolean {
  const whole = wholeName(path);
  return fields.some(
    ({ name, steps, value }) =>
      (name === whole || fits(steps, path)) && visit({ kind: "text", text: value }),
  );
}

/** The path's end may be a list: `items` stands for `items[0]` too. */
function fits(steps: readonly string[], path: readonly Step[]): boolean {
  const extra = steps.length - path.length;
  if (extra < 0 || extra > 1 || (extra === 1 && !/^\d+$/.test(steps.at(-1) ?? ""))) return false;
  return path.every((step, at) => fitsStep(steps[at] ?? "", step));
}

function fitsStep(given: string, step: Step): boolean {
  if ("key" in step) return isWhole(given, step.key);
  return step.index === null ? /^\d+$/.test(given) : given === String(step.index);
}

function wholeName(path: readonly Step[]): string | null {
  let name = "";
  for (const step of path) {
    if ("index" in step ? step.index === null : step.key.length > 1) return null;
    name += "index" in step ? `[${step.index}]` : (name && ".") + (step.key[0] ?? "");
  }
  return name;
}
