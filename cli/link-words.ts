/** Why no connection to the server came to be, as far as socket.io's error tells. */
export function whyNotConnected(error: Error): string {
  if (error.message === "timeout") return "no answer in time";
  const cause = innermost(error);
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : "";
  const status = /Unexpected server response: (\d{3})/.exec(cause.message)?.[1];
  if (status)
    return `it answered ${status} instead of a socket: is it Hooklens, and does its proxy pass WebSocket on?`;
  return words[code] ?? (code || cause.message.slice(0, 200));
}

const words: Record<string, string> = {
  ECONNREFUSED: "connection refused",
  ECONNRESET: "the connection was cut",
  ENOTFOUND: "no such host",
  EAI_AGAIN: "the DNS gives no answer",
  ENETUNREACH: "no network",
  EHOSTUNREACH: "no way leads there",
  ETIMEDOUT: "no answer in time",
  DEPTH_ZERO_SELF_SIGNED_CERT:
    "its certificate is self-signed (NODE_EXTRA_CA_CERTS=ca.pem names its authority)",
  SELF_SIGNED_CERT_IN_CHAIN:
    "its certificate's authority is not known here (NODE_EXTRA_CA_CERTS=ca.pem names it)",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    "its certificate's authority is not known here (NODE_EXTRA_CA_CERTS=ca.pem names it)",
  CERT_HAS_EXPIRED: "its certificate has expired",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another name",
};

/** engine.io wraps the ErrorEvent of `ws`, which wraps Node's error, which may be one for each address. */
function innermost(error: Error): Error {
  if (error instanceof AggregateError && error.errors[0] instanceof Error)
    return innermost(error.errors[0]);
  const description: unknown = "description" in error ? error.description : error.cause;
  if (description instanceof Error) return innermost(description);
  if (typeof description === "object" && description !== null && "error" in description) {
    const { error: wrapped } = description;
    if (wrapped instanceof Error) return innermost(wrapped);
  }
  return error;
}
