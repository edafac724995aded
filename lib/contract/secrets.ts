import { z } from "zod";
import { SECRET_CHARACTERS_MAX } from "./secret-limits.ts";

/** A signing secret on its way in: the only way that it ever goes. Or the wish for a key of the bin's own. */
export const secretCreateSchema = z
  .strictObject({
    /** A provider's id, such as `stripe`. */
    provider: z.string().max(64, "A provider's id, such as stripe or github"),
    /** As the provider shows it. */
    secret: z
      .string()
      .min(1, "Paste the secret as the provider shows it")
      .max(SECRET_CHARACTERS_MAX, `At most ${SECRET_CHARACTERS_MAX} characters`)
      // Postgres could hold it, since it is sealed; no provider's secret has one.
      .regex(/^[^\0]*$/, "No NUL characters")
      .optional(),
    /** A new pair, of which the server keeps the private half, where only the provider has the key that signs. */
    generate: z.literal(true).optional(),
    label: z
      .string()
      .regex(/^[^\p{Cc}]*$/u, "No control characters")
      .trim()
      .max(100, "A label has at most 100 characters")
      .optional(),
  })
  .refine(({ secret, generate }) => (secret === undefined) === (generate === true), {
    path: ["secret"],
    error: "Give the secret as the provider shows it, or `generate` for a key of the bin's own",
  });
export type SecretCreate = z.infer<typeof secretCreateSchema>;

/** That a secret which came with a request is the provider's. It can't be taken back; it can be removed. */
export const secretUpdateSchema = z.strictObject({ confirmed: z.literal(true) });
export type SecretUpdate = z.infer<typeof secretUpdateSchema>;

/** What is told of a kept secret. The secret itself is never read back. */
export type SigningSecret = {
  id: string;
  provider: string;
  label: string;
  /** What a handler checks with, of a key of the bin's own: that one signs only. Null for what a provider gave. */
  publicKey: string | null;
  /**
   * The seq of the request that brought it, as Asana's and Notion's checks of a URL do: anybody may have sent that, so it
   * lets nothing in where `enforce` is on before a person confirms it. Null for one that was given or confirmed.
   */
  learnedFrom: number | null;
  createdAt: string;
  /** When a signature was last found to be made with it; null: never. */
  lastUsedAt: string | null;
};
