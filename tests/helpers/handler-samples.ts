import { signers, URL_SIGNED } from "#tests/fixtures/signers.ts";
import { handlerCode } from "#lib/signatures/handler/handler-code.ts";
import type { HandlerKind } from "#lib/signatures/handler/handler-kind.ts";

type Sent = { headers: [string, string][]; body: string };

/** What a handler is shown, and whether it has to take it. */
export type Sample = Sent & { what: string; isGenuine: boolean };

export type HandlerCase = {
  name: string;
  /** Of the setting that holds the secret. */
  setting: string;
  secret: string;
  /** Beside it. */
  otherSettings?: Record<string, string>;
  code: string;
  url: string;
  samples: Sample[];
};

const BODY = '{"name": "Zoë",  "n": 1.0}\n';
const DAY_MS = 86_400_000;

/** A case for each scheme that handlers are written for, its requests signed with node:crypto alone. */
export function handlerCases(kind: HandlerKind, nowMs: number): HandlerCase[] {
  return signers.flatMap((signer) => {
    const written = handlerCode(signer.provider, signer.scheme, kind);
    if (!written) return [];
    const secret = signer.secret ?? "s3cret/text";
    const sign = (ageMs = 0, key = secret): Sent => {
      const signing = { key, body: BODY, nowMs: nowMs - ageMs, alter: (text: string) => text };
      const headers = (signer.headers?.(signing) ?? []) as [string, string][];
      return { headers, body: signer.body?.(signing) ?? BODY };
    };
    const genuine = sign();
    const isBound = !signer.isToken && !signer.body;
    const flipped = signer.secret?.startsWith("whsec_")
      ? "whsec_QUJDREVGR0hJSktMTU5PUA=="
      : "other";
    const samples: Sample[] = [
      { ...genuine, what: "genuine", isGenuine: true },
      { headers: [], body: BODY, what: "unsigned", isGenuine: false },
      { ...sign(0, flipped), what: "another secret", isGenuine: false },
      ...(isBound
        ? [
            {
              ...genuine,
              body: BODY.replace("Zoë", "Zoé"),
              what: "one other byte",
              isGenuine: false,
            },
          ]
        : []),
      ...(signer.tolerance === undefined
        ? []
        : [{ ...sign(DAY_MS), what: "a day old", isGenuine: false }]),
    ];
    const setting = `${signer.provider.toUpperCase().replaceAll("-", "_")}_SECRET`;
    const name = `${signer.provider}: ${signer.scheme}`;
    return [{ name, setting, secret, code: written.code, url: URL_SIGNED, samples }];
  });
}
