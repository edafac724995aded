"use client";

import { createContext } from "react";
import type { HiddenWhy } from "#lib/contract/hidden.ts";

/** The page shows what was shared: it can be read, not changed, and some of it is hidden. */
export const SharedContext = createContext(false);

/** Splits a text at its masks: every second piece says why. */
export const MASK = /\[hidden:([a-z]+)\]/;

const words: Record<HiddenWhy, string> = {
  header: "header",
  value: "value",
  card: "card number",
  token: "token",
  email: "e-mail address",
  bin: "bin",
  checksum: "checksum",
  size: "size",
  unreadable: "unreadable part",
};

/** Null for what is none of ours: a sender may write anything. */
export const hiddenWord = (why: string): string | null =>
  Object.hasOwn(words, why) ? words[why as HiddenWhy] : null;
