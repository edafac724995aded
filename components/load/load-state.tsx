import type { ReactNode } from "react";
import { Preparing } from "#components/body/preparing.tsx";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { Loaded } from "./use-load.ts";

type LoadStateProps<Result> = {
  loaded: Loaded<Result>;
  /** What is loaded, such as "the body". */
  what: string;
  children: (result: Result) => ReactNode;
};

/** A facet while it loads, when it could not be loaded, and when it is there. */
export function LoadState<Result>({ loaded, what, children }: LoadStateProps<Result>) {
  if (loaded.kind === "loading") return <Preparing label={`Loading ${what}`} />;
  if (loaded.kind === "ready") return children(loaded.result);
  return (
    <Notice
      tone="bad"
      className="m-4"
      actions={
        <Button size="sm" onClick={loaded.retry}>
          Try again
        </Button>
      }
    >
      Could not load {what}: {loaded.message}
    </Notice>
  );
}
