import { clsx } from "clsx";
import { Bookmark } from "lucide-react";
import type { Option } from "./completion-options.ts";

type CompletionOptionProps = {
  id: string;
  option: Option;
  isCurrent: boolean;
  onTake: () => void;
};

export function CompletionOption({ id, option, isCurrent, onTake }: CompletionOptionProps) {
  const isSaved = option.query !== undefined;
  const isHelp = !isSaved && option.completion?.isWhole === false && !option.text.includes(".");
  return (
    // The field holds the focus and takes the keys.
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isCurrent}
      ref={(element) => {
        if (isCurrent) element?.scrollIntoView({ block: "nearest" });
      }}
      onClick={onTake}
      className={clsx(
        "touch-target flex min-h-7 cursor-pointer items-center gap-3 rounded-sm px-3",
        isCurrent ? "bg-hover" : "hover:bg-hover",
      )}
    >
      {isSaved && <Bookmark size={13} aria-hidden className="-mr-1 shrink-0 text-faint" />}
      <span className={clsx("min-w-12 truncate", isSaved ? "font-medium" : "wire")}>
        {isSaved && <span className="sr-only">Saved filter </span>}
        {option.text}
      </span>
      <span
        className={clsx(
          "ml-auto min-w-0 shrink-[3] truncate text-faint",
          isHelp ? "text-xs" : "wire text-xs",
        )}
      >
        {option.detail}
      </span>
    </div>
  );
}
