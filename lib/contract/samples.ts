import { z } from "zod";

export const sampleCreateSchema = z.strictObject({
  /** The provider's id. */
  provider: z.string().min(1).max(100),
  /** The provider's first event when it is left out. */
  event: z.string().min(1).max(200).optional(),
});
export type SampleCreate = z.infer<typeof sampleCreateSchema>;

/** An event that can be sent at will. */
export type SampleKind = { provider: string; name: string; event: string; about: string };

/** A sample that was sent to the capture URL. */
export type SampleSent = {
  provider: string;
  event: string;
  /** The request that came of it. */
  requestId: string;
  /** What the bin answered. */
  status: number;
  /**
   * `kept`: with a secret of the bin, by its id. `shown`: with this one, made for it and kept nowhere; of a provider with a
   * key pair it is the public half. `nothing`: the provider signs nothing.
   */
  signedBy: { kind: "kept"; id: string } | { kind: "shown"; secret: string } | { kind: "nothing" };
};
