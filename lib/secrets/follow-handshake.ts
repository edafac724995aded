import type { Draft } from "../contract/draft.ts";
import type { Forwarder } from "../forward/forwarder.ts";
import type { Log } from "../log.ts";
import { type Learned, learnedSecret } from "../providers/learned.ts";
import { subscribeUrl } from "../providers/sns.ts";

type Parts = {
  learn: (binId: string, learned: Learned, seq: number) => Promise<void>;
  forwarder: Pick<Forwarder, "forward">;
  log: Log;
};

/**
 * What a provider's check of the URL asks for beside its answer, done once it is stored: a secret that came with it is
 * kept, and a subscription of AWS SNS is confirmed by asking the URL in its message. That is a forward like any other: to
 * be seen at the request, and behind the same guard.
 */
export function createHandshakeFollower({ learn, forwarder, log }: Parts) {
  return (draft: Draft, seq: number): void => {
    const { id, binId, handshake, headers, body } = draft;
    const complain = (error: unknown) => {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      log.warn({ binId, requestId: id, handshake, code }, "a handshake could not be followed up");
    };
    const learned = learnedSecret(handshake, headers, body);
    if (learned) learn(binId, learned, seq).catch(complain);
    const to = handshake === "aws-sns" ? subscribeUrl(body) : null;
    if (to === null) return;
    const edit = { method: "GET", headers: [], bodyBase64: "" };
    forwarder.forward(binId, id, { to, append: false, edit }).catch(complain);
  };
}
