/** Characters; what is longer is a document, and stays as it is. */
export const DECODE_MAX = 1_048_576;
