/** A step into a value: a member's name or an element's place, in any letter case; `*` is any. */
export type Path = readonly string[];

const STEP = /\.?([^.[\]]+)|\[(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|(\d+|\*))\]/y;

/** `$.data.items[0]["a key"]`, `data.items[*].email`; null for what is none. */
export function parsePath(text: string): Path | null {
  const steps: string[] = [];
  STEP.lastIndex = text.startsWith("$") ? 1 : 0;
  while (STEP.lastIndex < text.length) {
    const found = STEP.exec(text);
    if (!found) return null;
    const [, name, quoted, single, place] = found;
    const step = name ?? quoted?.replace(/\\(.)/g, "$1") ?? single ?? place ?? "";
    steps.push(step.toLowerCase());
  }
  return steps.length > 0 ? steps : null;
}

/** The paths that lead on behind a member of that name; one of no steps has arrived. */
export function behindMember(paths: readonly Path[], name: string): Path[] {
  const folded = name.toLowerCase();
  return paths.flatMap(([step, ...rest]) => (step === "*" || step === folded ? [rest] : []));
}

/** The same for an element of a list, whose place a path may leave out. */
export function behindElement(paths: readonly Path[], index: number): Path[] {
  return paths.flatMap((path) => {
    const [step, ...rest] = path;
    if (step === "*" || step === String(index)) return [rest];
    return step !== undefined && /^\d+$/.test(step) ? [] : [path];
  });
}

export const hasArrived = (paths: readonly Path[]) => paths.some(({ length }) => length === 0);
