import { clsx } from "clsx";
import Link from "next/link";
import { Mark, markClass } from "./mark.tsx";

type WordmarkProps = {
  compact?: boolean;
  /** By a plain link: the document and its policy (lib/http/page-headers.ts) are left behind. */
  leaves?: boolean;
};

/** The mark and the name, leading home. */
export function Wordmark({ compact = false, leaves = false }: WordmarkProps) {
  const link = {
    href: "/",
    "aria-label": "Hooklens, home",
    className: clsx(markClass, compact && "max-lg:min-w-11 max-lg:justify-center"),
  };
  const mark = <Mark compact={compact} />;
  if (leaves) return <a {...link}>{mark}</a>;
  return (
    <Link prefetch={false} {...link}>
      {mark}
    </Link>
  );
}
