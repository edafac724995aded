/** A certificate or a set of public keys fits. */
export const SECRET_CHARACTERS_MAX = 8_192;
/** In one bin: of all providers together, and of one, since a request is judged with each of them. */
export const SECRETS_MAX = { all: 20, ofProvider: 10 };
