"use client";

import { useMemo } from "react";
import { Disclosure } from "#components/body/disclosure.tsx";
import { Decodable } from "#components/decode/decodable.tsx";
import { formatCount } from "#components/ui/format.ts";
import { readBasic } from "./authorization.ts";
import { type Cookie, splitCookies } from "./cookies.ts";
import { WireText } from "./wire-text.tsx";

/** Cookies listed; a header has room for more only where someone means harm. */
const COOKIES_SHOWN = 300;

type HeaderDetailProps = { name: string; value: string };

/** What is within a header's value, decoded beside what was sent. */
export function HeaderDetail({ name, value }: HeaderDetailProps) {
  const lower = name.toLowerCase();
  const basic = useMemo(
    () => (lower === "authorization" ? readBasic(value) : null),
    [lower, value],
  );
  if (lower === "cookie") return <Cookies value={value} />;
  if (basic) return <Basic {...basic} />;
  return <Decodable name={name} value={value} parts />;
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
      <Decodable name={name} value={decoded.text} />
      {decoded.broken && (
        <span className="block text-xs text-warn">a broken % escape is left as sent</span>
      )}
    </>
  );
}

function Basic({ user, password }: { user: string; password: string }) {
  return (
    <Disclosure summary="User and password" className="mt-1">
      <dl className="mt-0.5 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-3 gap-y-0.5 pl-4.5">
        <dt className="text-xs text-muted">User</dt>
        <dd className="wrap-anywhere">
          <WireText text={user} />
        </dd>
        <dt className="text-xs text-muted">Password</dt>
        <dd className="wrap-anywhere">
          <WireText text={password} />
        </dd>
      </dl>
    </Disclosure>
  );
}
