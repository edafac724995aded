/** A certificate or a set of public keys fits. */
export const SECRET_CHARACTERS_MAX = 8_192;
/** In one bin, of all providers together. */
export const SECRETS_MAX = 50;
