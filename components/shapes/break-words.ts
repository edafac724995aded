import type { ShapeBreak } from "#lib/shapes/breaks.ts";

/** The path of a JSON pointer as the JSON view writes it: `$.data.items[3]["a key"]`. */
export function pathWords(pointer: string): string {
  const steps = pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  return `$${steps.map(stepWords).join("")}`;
}

function stepWords(step: string): string {
  if (/^\d+$/.test(step)) return `[${step}]`;
  return /^[A-Za-z_$][\w$]*$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
}

/** What is different for the first time, and after how many: no more than was seen. */
export function breakWords(found: ShapeBreak): string {
  switch (found.kind) {
    case "missing":
      return `is missing for the first time in ${found.of}`;
    case "new":
      return `is here for the first time in ${found.of}`;
    case "type":
      return `is ${found.is} for the first time: ${found.was} in ${found.of} before`;
    case "value":
      return `is ${JSON.stringify(found.is)} for the first time in ${found.of}`;
    case "format":
      return `is no ${found.was} for the first time in ${found.of}`;
  }
}
