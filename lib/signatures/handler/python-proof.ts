/** Lines of a check that depend on what proves a request. */
export type PythonProof = {
  /** Of the standard library, without base64. */
  imports: string[];
  usesBase64: boolean;
  key: string[];
  helper: string[];
  /** The end of the check, from what was signed to its answer, which is the last line. */
  compare: string[];
};
