import { clsx } from "clsx";
import Link from "next/link";
import { Mark, markClass } from "./mark.tsx";

/** The mark and the name, leading home. */
export function Wordmark({ compact = false }: { compact?: boolean }) {
  return (
    <Link
      href="/"
      prefetch={false}
      aria-label="Hooklens, home"
      className={clsx(markClass, compact && "max-lg:min-w-11 max-lg:justify-center")}
    >
      <Mark compact={compact} />
    </Link>
  );
}
