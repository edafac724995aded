import { Button } from "#components/ui/button.tsx";
import type { ApiError } from "#lib/contract/calls.ts";
import { PlainPage } from "./plain-page.tsx";

type UnavailablePageProps = { problem: ApiError; what: "bin" | "share" };

/** Stands where a page keeps trying: the server is away, or can't answer for now. */
export function UnavailablePage({ problem, what }: UnavailablePageProps) {
  const isAway = problem.status === 0;
  return (
    <PlainPage
      title={isAway ? "The server does not answer" : `The ${what} can’t be opened now`}
      actions={<Button onClick={() => location.reload()}>Try now</Button>}
    >
      {isAway ? "It may be restarting, or this machine is offline." : problem.message} This page
      keeps trying.
    </PlainPage>
  );
}
