import Link from "next/link";
import { Wordmark } from "#components/shell/wordmark.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

export default function NotFound() {
  return (
    <main className="flex min-h-dvh flex-col">
      <header className="flex h-13 items-center px-4">
        <Wordmark />
      </header>
      <div className="flex flex-1 items-center">
        <EmptyState
          page
          title="Nothing is here"
          actions={
            <Link href="/" className={buttonClass()}>
              Your bins
            </Link>
          }
        >
          This address belongs to no page. A bin’s page is at /b/ and its id; senders use /in/ and
          its id.
        </EmptyState>
      </div>
    </main>
  );
}
