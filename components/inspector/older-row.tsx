import { clsx } from "clsx";

type OlderRowProps = {
  top: number;
  state: "idle" | "reading" | "failed";
  onRetry: () => void;
};

/** The end of what is loaded. */
export function OlderRow({ top, state, onRetry }: OlderRowProps) {
  const failed = state === "failed";
  return (
    <div
      role="option"
      aria-selected={false}
      tabIndex={-1}
      onClick={failed ? onRetry : undefined}
      style={{ transform: `translateY(${top}px)` }}
      className={clsx(
        "absolute inset-x-0 top-0 flex h-11 items-center justify-center gap-1.5 text-xs text-faint",
        failed && "cursor-pointer",
      )}
    >
      {failed ? (
        <>
          The older ones could not be read.
          <span className="font-medium text-accent">Try again</span>
        </>
      ) : (
        "Reading older requests"
      )}
    </div>
  );
}
