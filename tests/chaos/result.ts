/** Lists as their lengths, counts by kind on one line. */
export function printResult(result: object): void {
  const rows = Object.entries(result).map(([name, value]) => [name, shown(value)]);
  console.table(Object.fromEntries(rows));
}

function shown(value: unknown): unknown {
  if (Array.isArray(value)) return value.length;
  return typeof value === "object" ? JSON.stringify(value) : value;
}

/** True when none of these lists of faults has anything; else their first ones are printed. */
export function isWhole(faults: Record<string, readonly string[]>): boolean {
  const found = Object.entries(faults).filter(([, items]) => items.length > 0);
  for (const [name, items] of found) console.log(`${name}: ${items.slice(0, 10).join(", ")}`);
  return found.length === 0;
}
