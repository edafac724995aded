"use client";

import { Wordmark } from "#components/shell/wordmark.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void };

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <main className="flex min-h-dvh flex-col">
      <header className="flex h-13 items-center px-4">
        <Wordmark />
      </header>
      <div className="flex flex-1 items-center">
        <EmptyState
          page
          title="This page failed"
          actions={
            <>
              <Button onClick={reset}>Draw it again</Button>
              <Button variant="primary" onClick={() => location.reload()}>
                Reload
              </Button>
            </>
          }
        >
          What is captured is safe on the server and goes on being captured.{" "}
          {error.digest && `Reference: ${error.digest}`}
        </EmptyState>
      </div>
    </main>
  );
}
