export type RecentTarget = { to: string; append: boolean };

const KEY = "hooklens:targets";
const KEPT = 8;

/** Where this browser last forwarded to, the last one first. */
export function readTargets(): RecentTarget[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(stored) ? stored.filter(isTarget).slice(0, KEPT) : [];
  } catch {
    // Storage may be switched off, or hold what an older page wrote.
    return [];
  }
}

export function rememberTarget(target: RecentTarget): void {
  const others = readTargets().filter(({ to }) => to !== target.to);
  try {
    localStorage.setItem(KEY, JSON.stringify([target, ...others].slice(0, KEPT)));
  } catch {
    // Without storage the field is merely empty next time.
  }
}

function isTarget(value: unknown): value is RecentTarget {
  if (typeof value !== "object" || value === null) return false;
  return (
    "to" in value &&
    typeof value.to === "string" &&
    "append" in value &&
    typeof value.append === "boolean"
  );
}
