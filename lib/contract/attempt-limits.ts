/** As much of an answer's body as an attempt keeps. Apart from the schemas, so that the command carries no zod. */
export const ATTEMPT_BODY_BYTES_MAX = 256 * 1024;
/** A body that a person wrote into an edit; a captured one that stays as it is may be of any size. */
export const EDITED_BODY_BYTES_MAX = 3 * 1024 * 1024;
