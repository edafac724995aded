type SignProblem = "signs_nothing" | "only_the_sender" | "bad_secret" | "no_room" | "no_token";

const messages: Record<SignProblem, string> = {
  signs_nothing: "This provider signs nothing.",
  only_the_sender:
    "Only the sender has the key that signs. A bin can have one of its own: see its settings.",
  bad_secret: "The secret is none of this provider's.",
  no_token: "What the token has to say is not known: sign a request that the provider has sent.",
  no_room: "The body has no place for the signature.",
};

/** Why a request can't be signed: nothing that trying again would change. */
export class SignError extends Error {
  readonly problem: SignProblem;

  constructor(problem: SignProblem) {
    super(messages[problem]);
    this.name = "SignError";
    this.problem = problem;
  }
}
