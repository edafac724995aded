/** What keeps a step from having an answer, in words for the person. */
export class StepFailure extends Error {}
