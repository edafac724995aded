import type { z } from "zod";
import type { headerPairSchema } from "./header-schema.ts";

export type HeaderPair = z.infer<typeof headerPairSchema>;

/** Node's flat rawHeaders [name, value, name, value, ...] as pairs. */
export function pairHeaders(flat: readonly string[]): HeaderPair[] {
  const pairs: HeaderPair[] = [];
  for (let i = 0; i + 1 < flat.length; i += 2)
    pairs.push([flat[i] as string, flat[i + 1] as string]);
  return pairs;
}

/** The first value of a header, by its name in any letter case. */
export function headerValue(headers: readonly HeaderPair[], name: string): string | undefined {
  const wanted = name.toLowerCase();
  return headers.find(([given]) => given.toLowerCase() === wanted)?.[1];
}
