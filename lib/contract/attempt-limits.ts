/** As much of an answer's body as an attempt keeps. Apart from the schemas, so that the command carries no zod. */
export const ATTEMPT_BODY_BYTES_MAX = 256 * 1024;
