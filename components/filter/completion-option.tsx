import { clsx } from "clsx";
import { Bookmark } from "lucide-react";
import { FoundOption } from "#components/ui/found-option.tsx";
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
    <FoundOption id={id} isCurrent={isCurrent} onClick={onTake} className="min-h-7 gap-3 px-3">
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
    </FoundOption>
  );
}
