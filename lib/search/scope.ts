import type { Step } from "./query.ts";

/*
 * A scope is a place in a request that the index knows, such as a path in a body: the hash of the names on the way to it,
 * folded. Elements' numbers are left out, and names are cut at dots and brackets, so that every way to write a path to a
 * value leads to the same scope.
 */
export type Scope = number;

/** FNV-1a, over code units. */
const hashStep = (hashed: number, code: number) => Math.imul(hashed ^ code, 0x01000193);
const START = 0x811c9dc5 | 0;

const DOT = 0x2e;
const lower = (code: number) => (code >= 0x41 && code <= 0x5a ? code + 0x20 : code);
const isDigit = (code: number) => code >= 0x30 && code <= 0x39;
const isCut = (code: number) => code === DOT || code === 0x5b || code === 0x5d;

/** A text's hash behind a scope's, in any letter case. */
export function hashText(scope: Scope, text: string): Scope {
  let hashed = scope;
  for (let at = 0; at < text.length; at++) hashed = hashStep(hashed, lower(text.charCodeAt(at)));
  return hashed;
}

export const bodyScope: Scope = hashText(START, "body");
export const headerScope = (name: string): Scope => hashText(START, `header:${name}`);
export const queryScope = (name: string): Scope => hashText(START, `query:${name}`);

/** One name further in. */
export function innerScope(scope: Scope, name: string): Scope {
  let hashed = hashStep(scope, DOT);
  let isNumber = true;
  for (let at = 0; at < name.length; at++) {
    const code = name.charCodeAt(at);
    if (isCut(code)) return cutScopes(scope, name).at(-1) ?? scope;
    if (!isDigit(code)) isNumber = false;
    hashed = hashStep(hashed, lower(code));
  }
  return isNumber ? scope : hashed;
}

/** All scopes on the way into a name with dots and brackets, such as a form's `card[number]`. */
export function cutScopes(scope: Scope, name: string): Scope[] {
  let last = scope;
  return name.split(/[.[\]]+/).map((part) => (last = innerScope(last, part)));
}

/** The scope that a body's path leads to; up to its first wildcard when it has one (`isWhole` is false then). */
export function pathScope(path: readonly Step[]): { scope: Scope; isWhole: boolean } {
  let scope = bodyScope;
  for (const step of path) {
    if ("index" in step) continue;
    if (step.key.length > 1) return { scope, isWhole: false };
    scope = innerScope(scope, step.key[0] ?? "");
  }
  return { scope, isWhole: true };
}
