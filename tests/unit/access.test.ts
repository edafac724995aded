import { describe, expect, test } from "vitest";
import {
  assertOwnOrigin,
  isOwnOrigin,
  readCredential,
  readSessionToken,
  sessionCookie,
} from "#lib/access.ts";
import { hashSecret } from "#lib/ids.ts";

const token = "abcdefghijklmnopqrstuvwxy_-";

describe("readCredential", () => {
  test("takes a Bearer key before the cookie, and keeps only its hash", () => {
    const cookie = `hooklens_session=${token}`;
    const both = readCredential({ authorization: "bearer hlk_x", cookie });
    expect(both).toEqual({ kind: "key", hash: hashSecret("hlk_x") });
    expect(readCredential({ cookie })).toEqual({ kind: "session", hash: hashSecret(token) });
    expect(readCredential({})).toBeNull();
  });

  test.each(["Basic abc", "Bearer", "Bearer ", "Bearer a b", "hlk_x", ""])(
    "refuses the Authorization %j",
    (authorization) => {
      expect(() => readCredential({ authorization })).toThrow("Bearer hlk_");
    },
  );

  test("finds the cookie among others, and only one that can be ours", () => {
    expect(readSessionToken(`a=b; hooklens_session=${token};c=d`)).toBe(token);
    expect(readSessionToken(`hooklens_session=short; hooklens_session=${token}`)).toBe(token);
    expect(readSessionToken(`xhooklens_session=${token}`)).toBeNull();
    expect(readSessionToken(`hooklens_session=${token}=`)).toBe(token);
    expect(readSessionToken(undefined)).toBeNull();
  });
});

test("the cookie goes to the API only, never to scripts", () => {
  const attributes = "Path=/api; Max-Age=34560000; HttpOnly; SameSite=Lax";
  expect(sessionCookie(token, false)).toBe(`hooklens_session=${token}; ${attributes}`);
  expect(sessionCookie(token, true)).toBe(`hooklens_session=${token}; ${attributes}; Secure`);
});

describe("origins", () => {
  const context = { origin: "http://127.0.0.1:3000" };
  const publicUrl = "https://hooks.example.com";
  const own = [publicUrl, context.origin];
  const foreign = ["https://evil.example", "null", "https://hooks.example.com.evil.example", ""];

  test.each(own)("%s is ours", (origin) => {
    expect(isOwnOrigin(origin, context, publicUrl)).toBe(true);
    assertOwnOrigin({ origin, reliesOnCookie: true }, context, publicUrl);
  });

  test.each(foreign)("%j is not, with or without a cookie", (origin) => {
    for (const reliesOnCookie of [true, false]) {
      expect(() => assertOwnOrigin({ origin, reliesOnCookie }, context, publicUrl)).toThrow();
    }
  });

  test("without an Origin a key is enough, the cookie is not", () => {
    assertOwnOrigin({ origin: undefined, reliesOnCookie: false }, context, publicUrl);
    const withCookie = { origin: undefined, reliesOnCookie: true };
    expect(() => assertOwnOrigin(withCookie, context, publicUrl)).toThrow("Origin");
  });
});
