type Payload = Record<string, unknown>;

const kindOf = (value: unknown) =>
  value === null ? "null" : Array.isArray(value) ? "array" : typeof value;

/** One value of each kind. */
const others: unknown[] = ["no such value", 12.5, true, { no: "such" }, ["no such"], null];

/**
 * Each payload with one mistake in a field that all of them have, each time in another one: by turns it is missing, or
 * its value is of a kind that it never was of.
 */
export function breakEach(samples: readonly unknown[]): unknown[] {
  const payloads = samples as readonly Payload[];
  const common = Object.keys(payloads[0] ?? {}).filter((key) =>
    payloads.every((payload) => Object.hasOwn(payload, key)),
  );
  return payloads.map((payload, turn) => {
    const key = common[Math.floor(turn / 2) % common.length] ?? "";
    if (turn % 2 === 0) return without(payload, key);
    const kinds = new Set(payloads.map((each) => kindOf(each[key])));
    return { ...payload, [key]: others.find((other) => !kinds.has(kindOf(other))) };
  });
}

function without(payload: Payload, key: string): Payload {
  const { [key]: _, ...rest } = payload;
  return rest;
}
