"use client";

import { useEffect, useState } from "react";
import type { schemesOf } from "#lib/signatures/schemes.ts";

type Scheme = ReturnType<typeof schemesOf>[number];
export type SecretFacts = Scheme["secret"] & { isPublicKey: boolean };

/** What a provider calls its secret, where it is found and what it allows. Null: it signs nothing; undefined: not known yet. */
export function useSecretFacts(provider: string | null): readonly SecretFacts[] | null | undefined {
  const [known, setKnown] = useState<{ of: string; facts: SecretFacts[] | null } | null>(null);
  useEffect(() => {
    if (provider === null) return;
    let isOver = false;
    void import("#lib/signatures/schemes.ts").then(
      ({ schemesOf }) => {
        const byLabel = new Map(schemesOf(provider).map((each) => [each.secret.label, read(each)]));
        const facts = byLabel.size > 0 ? [...byLabel.values()] : null;
        if (!isOver) setKnown({ of: provider, facts });
      },
      () => undefined,
    );
    return () => {
      isOver = true;
    };
  }, [provider]);
  return known?.of === provider ? known.facts : undefined;
}

const read = ({ secret, proof }: Scheme): SecretFacts => ({
  ...secret,
  isPublicKey: proof.kind === "public-key",
});
