import { z } from "zod";

/** [name, value], in the order, letter case and number they had on the wire; latin1, one character per byte. */
export const headerPairSchema = z.tuple([z.string(), z.string()]);
