"use client";

import { useNow } from "#components/ui/use-now.ts";
import type { Jwt } from "#lib/decode/jwt.ts";
import { JsonBox, StepHead } from "./step-parts.tsx";
import { jwtTimeWords } from "./step-words.ts";

type DecodedJwtProps = { jwt: Jwt; arrivedAtMs: number | null };

/** A token's header, claims and times, with the plain word that none of it is proven. */
export function DecodedJwt({ jwt, arrivedAtMs }: DecodedJwtProps) {
  const now = useNow();
  return (
    <>
      <p className="text-xs text-warn">{trustWords(jwt)}</p>
      {jwt.times.length > 0 && (
        <ul aria-label="Times of the token" className="text-xs">
          {jwt.times.map((time) => (
            <li key={time.claim}>{jwtTimeWords(time, now, arrivedAtMs)}</li>
          ))}
        </ul>
      )}
      {jwt.claims !== null && (
        <>
          <StepHead words="Claims" text={jwt.claims} what="the token's claims" />
          <JsonBox text={jwt.claims} />
        </>
      )}
      <StepHead words={`Header, ${jwt.algorithm}`} text={jwt.header} what="the token's header" />
      <JsonBox text={jwt.header} />
    </>
  );
}

function trustWords({ claims, algorithm }: Jwt): string {
  if (claims === null)
    return "This token is encrypted: only its header can be read without the key.";
  if (algorithm.toLowerCase() === "none") {
    return "This token is not signed at all: anyone can write one.";
  }
  return "Read from the token as it came. Its signature has not been checked: anyone can write this.";
}
