/** Lines of a check that depend on what proves a request. */
export type NodeProof = {
  /** Of node:crypto. */
  imports: string[];
  key: string[];
  /** The end of the check, from what was signed to its answer. */
  compare: string[];
  helper: string[];
};
