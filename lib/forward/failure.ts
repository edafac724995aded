import type { AttemptErrorCode } from "../contract/forwards.ts";
import type { Step } from "./clock.ts";
import type { Verdict } from "./guard.ts";
import { isLoopback } from "./loopback.ts";
import type { Target } from "./target.ts";

/** What a person can do about a failure, in whole sentences; it depends on whose machine tried. */
export type Advice = {
  /** No authority that this machine knows has signed the certificate. */
  certificate: string;
  /** The resolver gave no answer. */
  resolver: string;
  unknownHost: (host: string) => string;
  refused: (target: Pick<Target, "host" | "port">) => string;
  /** The target took the request and gave no answer in time. */
  slow: string;
};

export const serverAdvice: Advice = {
  certificate:
    "Use http://, a certificate that browsers accept, or start Hooklens with NODE_EXTRA_CA_CERTS=your-ca.pem.",
  resolver: "Try again, or check the server's DNS.",
  unknownHost: () => "Check the spelling.",
  refused: ({ port }) => `Is your server running, and on port ${port}?`,
  slow: "Its handler may be stuck, or slow: answer first, work later.",
};

export type Failure = { code: AttemptErrorCode; message: string };

/** A failure that is already in words. */
export class SendFailure extends Error {
  readonly code: AttemptErrorCode;

  constructor(code: AttemptErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** What is known when a try fails. */
export type Circumstances = {
  target: Target;
  advice: Advice;
  step: Step;
  /** Some of the request is still waiting to be taken. */
  sending: boolean;
  /** Bytes of the answer's body that had come. */
  received: number;
};

type Refusal = Extract<Verdict, { allowed: false }>;

export function privateTarget(host: string, address: string, verdict: Refusal): SendFailure {
  const subject = host === address ? address : `${host} resolves to ${address}, which`;
  const remedy = verdict.never
    ? "It is never forwarded to, whatever ALLOW_PRIVATE_TARGETS says."
    : `This server forwards only to public addresses, so that nobody can reach into its network. Whoever runs it can allow it with ALLOW_PRIVATE_TARGETS=${isLoopback(address) ? "loopback" : address}.`;
  return new SendFailure("private_target", `${subject} is ${verdict.range}. ${remedy}`);
}

export function ownPort(port: number, what: string): SendFailure {
  return new SendFailure(
    "private_target",
    `Port ${port} on this machine is ${what}: it is never forwarded to. Choose your own server's port.`,
  );
}

export function unaskedUpgrade(target: Target): SendFailure {
  return new SendFailure(
    "reset",
    `${place(target)} answered 101 Switching Protocols to a request that asked for no upgrade.`,
  );
}

/** Why a time limit ended the try: which step was under way, and what that says about the target. */
export function timeoutFailure(
  seconds: number,
  { target, advice, step, sending, received }: Circumstances,
): SendFailure {
  const at = place(target);
  const reasons: Record<Step, string> = {
    dns: `Looking up ${target.host} took longer than ${seconds} s. Is the name right, and does its DNS answer?`,
    connect: `${at} did not accept a connection within ${seconds} s. A firewall may be dropping it, or the host is down.`,
    tls: `${at} accepted the connection but no TLS handshake followed within ${seconds} s. Is it an https port?`,
    firstByte: sending
      ? `${at} did not read the whole request within ${seconds} s. Its handler may be stuck before it reads the body.`
      : `${at} took the request but did not answer within ${seconds} s. ${advice.slow}`,
    body: `${at} began its answer but did not end it within ${seconds} s (${received} bytes of body came).`,
  };
  return new SendFailure("timeout", reasons[step]);
}

/** An error of DNS, TCP, TLS or the HTTP parser in words: what happened, why, and what to do. */
export function explain(error: unknown, circumstances: Circumstances): Failure {
  if (error instanceof SendFailure) return { code: error.code, message: error.message };
  const code = codeOf(error);
  if (circumstances.step === "dns") return dnsFailure(code, circumstances);
  if (circumstances.step === "connect") return connectFailure(error, code, circumstances);
  if (circumstances.step === "tls") return tlsFailure(error, code, circumstances);
  return answerFailure(code, circumstances);
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError) {
    const codes = error.errors.map(codeOf);
    return codes.find((code) => code === "ECONNREFUSED") ?? codes[0] ?? "unknown";
  }
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : "unknown";
}

function dnsFailure(code: string, { target: { host }, advice }: Circumstances): Failure {
  const message =
    code === "EAI_AGAIN" || code === "ESERVFAIL"
      ? `The DNS gave no answer about ${host} (${code}). ${advice.resolver}`
      : `There is no host named ${host} (${code}). ${advice.unknownHost(host)}`;
  return { code: "dns", message };
}

const place = ({ host, port }: Pick<Target, "host" | "port">) =>
  host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;

/** A TLS error quotes the target's certificate, which can say anything, at any length. */
const printable = (text: string) => text.replace(/[^\x20-\x7e]/g, "?").slice(0, 300);

const UNREACHABLE = new Set(["EHOSTUNREACH", "ENETUNREACH", "EADDRNOTAVAIL", "EHOSTDOWN"]);

function connectFailure(error: unknown, code: string, { target, advice }: Circumstances): Failure {
  const tried = triedAddresses(error) || place(target);
  if (code === "ECONNREFUSED") {
    return {
      code: "refused",
      message: `Nothing listens on ${tried} (connection refused). ${advice.refused(target)}`,
    };
  }
  if (UNREACHABLE.has(code)) {
    return {
      code: "refused",
      message: `No way leads to ${tried} (${code}). Is the address right?`,
    };
  }
  if (code === "ETIMEDOUT") {
    return { code: "timeout", message: `${tried} did not accept a connection in time (${code}).` };
  }
  return {
    code: "reset",
    message: `The connection to ${tried} was cut while it was made (${code}).`,
  };
}

/** "127.0.0.1:3000 or [::1]:3000": Node tells of each address that it tried. */
function triedAddresses(error: unknown): string {
  const errors: unknown[] = error instanceof AggregateError ? error.errors : [error];
  const tried = errors.flatMap((one) => {
    const { address, port } = one as { address?: string; port?: number };
    return address && port ? [place({ host: address, port })] : [];
  });
  return [...new Set(tried)].join(" or ");
}

function tlsFailure(error: unknown, code: string, { target, advice }: Circumstances): Failure {
  const at = place(target);
  const said = error instanceof Error ? printable(error.message) : code;
  if (/SELF_SIGNED|UNABLE_TO_(VERIFY|GET)/.test(code)) {
    return {
      code: "tls",
      message: `${at} has a certificate that no authority known here has signed (${code}). ${advice.certificate}`,
    };
  }
  if (code === "CERT_HAS_EXPIRED") {
    return { code: "tls", message: `The certificate of ${at} has expired: renew it.` };
  }
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    return { code: "tls", message: `The certificate of ${at} is for another name: ${said}.` };
  }
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG/.test(code)) {
    return { code: "tls", message: `${at} does not speak TLS (${code}). Is it an http:// server?` };
  }
  return { code: "tls", message: `No TLS connection to ${at}: ${said} (${code}).` };
}

function answerFailure(code: string, circumstances: Circumstances): Failure {
  const { target, step, sending, received } = circumstances;
  const at = place(target);
  if (code === "HPE_HEADER_OVERFLOW") {
    return { code: "reset", message: `The answer of ${at} has more than 64 KiB of headers.` };
  }
  if (code.startsWith("HPE_")) {
    const hint = target.scheme === "http" ? " Is it an https:// server, or not a web server?" : "";
    return { code: "reset", message: `${at} answered with what is not HTTP/1.1 (${code}).${hint}` };
  }
  if (step === "body") {
    return {
      code: "reset",
      message: `${at} cut the connection in the middle of its answer (${received} bytes of body came).`,
    };
  }
  const when = sending ? "before it had read the whole request" : "without an answer";
  return {
    code: "reset",
    message: `${at} closed the connection ${when} (${code}). Its log may say why: a crash, a limit, or a proxy in between.`,
  };
}
