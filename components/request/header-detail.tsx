"use client";

import { useMemo } from "react";
import { Disclosure } from "#components/body/disclosure.tsx";
import { JsonView } from "#components/body/json-view.tsx";
import { formatAgo, formatCount, formatExact } from "#components/ui/format.ts";
import { useNow } from "#components/ui/use-now.ts";
import { type Authorization, type JwtTime, readAuthorization } from "./authorization.ts";
import { type Cookie, splitCookies } from "./cookies.ts";
import { WireText } from "./wire-text.tsx";

/** Cookies listed; a header has room for more only where someone means harm. */
const COOKIES_SHOWN = 300;

type HeaderDetailProps = { name: string; value: string };

/** What is within some headers' values, decoded beside what was sent. */
export function HeaderDetail({ name, value }: HeaderDetailProps) {
  const lower = name.toLowerCase();
  if (lower === "cookie") return <Cookies value={value} />;
  return lower === "authorization" ? <Authorized value={value} /> : null;
}

function Cookies({ value }: { value: string }) {
  const cookies = useMemo(() => splitCookies(value), [value]);
  if (cookies.length === 0) return null;
  const count = `${formatCount(cookies.length)} ${cookies.length === 1 ? "cookie" : "cookies"}`;
  return (
    <Disclosure summary={count} open className="mt-1">
      <ul aria-label="Cookies" className="mt-0.5 flex flex-col gap-0.5 pl-4.5">
        {cookies.slice(0, COOKIES_SHOWN).map((cookie, index) => (
          <li key={index} className="wrap-anywhere">
            <CookieLine cookie={cookie} />
          </li>
        ))}
        {cookies.length > COOKIES_SHOWN && (
          <li className="text-xs text-faint">
            and {formatCount(cookies.length - COOKIES_SHOWN)} more
          </li>
        )}
      </ul>
    </Disclosure>
  );
}

function CookieLine({ cookie: { name, value, decoded } }: { cookie: Cookie }) {
  return (
    <>
      {name ? (
        <WireText text={name} className="font-medium" />
      ) : (
        <span className="text-xs text-faint">no name</span>
      )}
      <span className="text-faint"> = </span>
      {value ? <WireText text={value} /> : <span className="text-xs text-faint">empty</span>}
      {decoded.text !== value && (
        <span className="block text-xs text-muted">
          decoded: <WireText text={decoded.text} />
        </span>
      )}
      {decoded.broken && (
        <span className="block text-xs text-warn">a broken % escape is left as sent</span>
      )}
    </>
  );
}

function Authorized({ value }: { value: string }) {
  const held = useMemo(() => readAuthorization(value), [value]);
  if (!held) return null;
  const what = held.kind === "jwt" ? "The token's claims, not verified" : "User and password";
  return (
    <Disclosure summary={what} className="mt-1">
      <div className="mt-0.5 flex flex-col gap-1 pl-4.5">
        {held.kind === "basic" ? <Basic {...held} /> : <Jwt {...held} />}
      </div>
    </Disclosure>
  );
}

function Basic({ user, password }: Authorization & { kind: "basic" }) {
  return (
    <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-3 gap-y-0.5">
      <dt className="text-xs text-muted">User</dt>
      <dd className="wrap-anywhere">
        <WireText text={user} />
      </dd>
      <dt className="text-xs text-muted">Password</dt>
      <dd className="wrap-anywhere">
        <WireText text={password} />
      </dd>
    </dl>
  );
}

function Jwt({ header, payload, times }: Authorization & { kind: "jwt" }) {
  return (
    <>
      <p className="text-xs text-warn">
        Read from the token as it came. Nobody has checked its signature: anyone can write this.
      </p>
      {[header, payload].map((bytes, place) => (
        <div key={place} className="flex max-h-72 flex-col rounded-sm border border-line">
          <JsonView bytes={bytes} contentType={null} sequence={false} wrap />
        </div>
      ))}
      {times.map((time) => (
        <JwtMoment key={time.claim} {...time} />
      ))}
    </>
  );
}

const claims: Record<JwtTime["claim"], string> = {
  iat: "Issued",
  nbf: "Not valid before",
  exp: "Expires",
};

function JwtMoment({ claim, at }: JwtTime) {
  const now = useNow();
  return (
    <p className="text-xs text-muted">
      {claims[claim]}: {formatExact(at)} ({formatAgo(Date.parse(at), now)})
    </p>
  );
}
