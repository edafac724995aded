import { expect, test } from "vitest";
import { HooklensError } from "#lib/errors.ts";
import { isAway, tellWhenAway } from "#lib/store/away.ts";

const error = (fields: object, message = "x") => Object.assign(new Error(message), fields);
const adapter = (cause: object) => ({ meta: { driverAdapterError: { cause } } });

/** As seen when the database was killed under load. */
const away = [
  error({ code: "ECONNREFUSED" }),
  error({ code: "57P01" }),
  error({ code: "57P03" }),
  error({ code: "08006" }),
  error({ code: "P1001" }),
  error({ code: "P2039", ...adapter({ kind: "postgres", originalCode: "57P01" }) }),
  error({ code: "P2010", ...adapter({ kind: "DatabaseNotReachable" }) }),
  error({}, "Connection terminated unexpectedly"),
  error({}, "Client has encountered a connection error and is not queryable"),
  error({}, "timeout exceeded when trying to connect"),
];

test.each(away.map((each) => [each.message, "code" in each ? each.code : "", each]))(
  "the database is away: %s %s",
  async (_, __, cause) => {
    expect(isAway(cause)).toBe(true);
    const family = tellWhenAway({ read: () => Promise.reject(cause) });
    const told = await family.read().catch((reason: unknown) => reason);
    expect(told).toBeInstanceOf(HooklensError);
    expect(told).toMatchObject({ code: "unavailable", headers: { "Retry-After": "2" }, cause });
  },
);

test.each([
  error({ code: "22021" }),
  error({ code: "23505" }),
  error({ code: "P2002" }),
  error({ code: "P2010", ...adapter({ kind: "postgres", originalCode: "42P01" }) }),
  error({}, "Cannot read properties of undefined"),
])("any other failure stays what it is: %s", async (cause) => {
  const family = tellWhenAway({ read: () => Promise.reject(cause), isGone: () => true });
  await expect(family.read()).rejects.toBe(cause);
  expect(family.isGone()).toBe(true);
});
