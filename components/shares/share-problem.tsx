import { PlainPage } from "#components/shell/plain-page.tsx";
import { UnavailablePage } from "#components/shell/unavailable-page.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import type { ApiError } from "#lib/contract/calls.ts";

/** Why a share can't be shown, and what to do. */
export function ShareProblem({ problem }: { problem: ApiError }) {
  switch (problem.code) {
    case "share_gone":
      return (
        <PlainPage title="This share has ended" actions={home}>
          Whoever shared it has revoked it, or its time is over. Nothing of it can be read any more;
          ask for another link.
        </PlainPage>
      );
    case "share_not_found":
    case "not_found":
      return (
        <PlainPage title="There is no such share" actions={home}>
          Nothing was ever shared at this address. Check that the link was copied whole.
        </PlainPage>
      );
    case "unauthenticated":
    case "forbidden":
      return (
        <PlainPage title="The link is not whole" actions={home}>
          What lets a browser in stands behind the # of the link, and here it is missing or another
          one. Open the link again as it was sent to you, with all of it.
        </PlainPage>
      );
    default:
      return <UnavailablePage problem={problem} what="share" />;
  }
}

const home = (
  <a href="/" className={buttonClass()}>
    What is Hooklens?
  </a>
);
