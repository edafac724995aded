/*
 * What stands in a share in the place of what its owner hid. The masks are plain ASCII, so that they fit into a header,
 * a target and any body, and of one length each: how long a hidden value was is not told.
 */

/**
 * `header`: a header that the owner named. `value`: a value at a path that the owner named, or the same one elsewhere.
 * `card`, `token`, `email`: found. `bin`: the bin's id, since who knows it can send to it. `checksum`: by it what is
 * hidden could be guessed. `size`: the length before something was hidden. `unreadable`: a body, or a part of one, that
 * can't be looked into.
 */
export type HiddenWhy =
  | "header"
  | "value"
  | "card"
  | "token"
  | "email"
  | "bin"
  | "checksum"
  | "size"
  | "unreadable";

/** Where in a request something is hidden, why, and how often. `name`: of a header or trailer. */
export type HiddenMark = {
  where: "target" | "header" | "trailer" | "body" | "address";
  name: string | null;
  why: HiddenWhy;
  count: number;
};

export const maskOf = (why: HiddenWhy): string => `[hidden:${why}]`;
