/** The milliseconds of `500ms` or `5s`; NaN for anything else. */
export function withinMs(text: string): number {
  const [, amount, unit] = /^(\d+)(ms|s)$/.exec(text) ?? [];
  return Number(amount) * (unit === "s" ? 1000 : 1);
}
