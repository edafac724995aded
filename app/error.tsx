"use client";

import { PlainPage } from "#components/shell/plain-page.tsx";
import { Button } from "#components/ui/button.tsx";

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void };

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <PlainPage
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
    </PlainPage>
  );
}
