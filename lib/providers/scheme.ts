import type { Place } from "./provider.ts";

export type Hash = "SHA-1" | "SHA-256" | "SHA-512";

/** How the pasted secret becomes the bytes of a key; lib/signatures/key.ts has them. */
export type KeyRecipe =
  | "text"
  | "whsec-base64"
  | "whsec-base64-or-text"
  | "whpk-base64"
  | "hex"
  | "second-of-pair"
  | "public-key";

/** ECDSA on P-256 with SHA-256; RSASSA-PKCS1-v1_5. */
export type PublicKeyAlgorithm = "Ed25519" | "ECDSA" | "RSA SHA-1" | "RSA SHA-256";

/** By what a signature shows that its sender had the secret. */
export type Proof =
  | {
      kind: "hmac";
      hash: Hash;
      key: KeyRecipe;
      /** The key is not the secret's bytes but this digest of them. */
      keyHash?: Hash;
    }
  /** A plain digest: the secret stands in the message. */
  | { kind: "digest"; hash: Hash }
  /** The secret itself, sent along. */
  | { kind: "equal" }
  | { kind: "public-key"; algorithm: PublicKeyAlgorithm; key: KeyRecipe };

/**
 * What is signed, with variables in braces: `{time}` as it was sent, `{body}`, `{method}`, `{url}`, `{secret}`, a place
 * (`{header:webhook-id}`), an item of the signature's own value (`{item:h=}`), and the derived values of
 * lib/signatures/template.ts.
 */
export type Template = string;

/** A message that no template can say; lib/signatures/canonical.ts has its code. */
export type CanonicalName =
  | "adyen-items"
  | "aws-sns-1"
  | "aws-sns-2"
  | "braintree"
  | "coinbase-cdp"
  | "contentful"
  | "fal"
  | "google-pubsub"
  | "mandrill"
  | "paypal"
  | "twilio-form";

export type Message = readonly Template[] | { canonical: CanonicalName };

export type SignatureForm = {
  /**
   * Where it stands. All that are there count; signing uses the first that the request has, or the first. A header's name
   * may end in `*`; a JSON path may have `[*]`, and then each of its values must hold.
   */
  at: readonly Place[];
  encoding: "hex" | "base64" | "base64url" | "text";
  /** Between the items of a list, as it is written. Reading takes items with or without spaces around. */
  separator?: string;
  /** What the item that is the signature begins with. */
  prefix?: string;
  /**
   * It is the third part of a JWS (RFC 7515), whose head has to name this algorithm. The claims are items beside it, as
   * `iat=1492774577`, and so is what was signed, as `signed=`.
   */
  jws?: {
    algorithm: "HS256" | "ES256" | "RS256";
    /** What a token says where there was none before; none: that is not known. */
    claims?: Readonly<Record<string, string>>;
  };
  /** Beginnings of items that are signed too, so they stay when it is signed again. */
  beside?: readonly string[];
};

export type TimeForm = {
  /** `item:` and the beginning of an item beside the signature, or a place. */
  at: readonly (Place | `item:${string}`)[];
  unit: "s" | "ms" | "iso" | "http";
  /** Beyond it the provider's own code refuses; null: it names none. */
  toleranceSeconds: number | null;
  /** Whether what comes from the future is refused too. */
  side: "old" | "both";
};

/** The SHA-256 of the body, which stands within what is signed instead of the body itself. */
export type BodyDigest = { at: Place | `item:${string}`; encoding: "hex" | "base64" };

export type SecretFacts = {
  /** What the provider calls it. */
  label: string;
  /** Where a person finds it, as a path through the provider's pages. */
  where: string;
  /** What holding it allows: to speak as this webhook, or as the whole account or app. */
  sensitivity: "webhook" | "account";
  /** With which the provider signs its tests, whosever they are: known to everybody, so that nothing is verified by it. */
  ofTests?: string;
  /** What every one of them looks like; another text is taken for no secret of this scheme. */
  pattern?: RegExp;
};

/** One way in which a provider signs, as data: verifying, explaining and signing are read off the same lines. */
export type Scheme = {
  /** Shown to people and kept with verdicts: stable. */
  id: string;
  proof: Proof;
  /** Several: any of them may be what was signed, and the first is what is signed again. */
  message: Message;
  signature: SignatureForm;
  bodyDigest?: BodyDigest;
  time?: TimeForm;
  /** What says that this scheme is meant, where several use the same place. */
  marker?: {
    at: Place;
    value: string;
    /** Another value says nothing against this scheme, and stays. */
    isDefault?: true;
  };
  secret: SecretFacts;
  /**
   * Weaker schemes, by their ids, that the sender uses beside this one for receivers that don't know it. Where this one
   * came too, they say nothing.
   */
  outranks?: readonly string[];
};
