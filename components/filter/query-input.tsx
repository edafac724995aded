import { clsx } from "clsx";
import { Search } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";

type QueryInputProps = Omit<ComponentProps<"input">, "onChange"> & {
  onChange: (query: string) => void;
  /** Behind the text. */
  children?: ReactNode;
};

/** The field for a query of the matching language. */
export function QueryInput({ onChange, className, children, ...props }: QueryInputProps) {
  return (
    <div className="relative flex h-10 items-center has-[input:focus-visible]:shadow-[inset_0_-2px_0_var(--color-accent)] max-md:h-12">
      <Search
        size={14}
        aria-hidden
        className="pointer-events-none absolute left-4 text-faint max-md:left-3"
      />
      <input
        aria-label="Filter requests"
        maxLength={1000}
        placeholder="Filter: words, status>=400, body.id:5"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="search"
        onChange={(event) => onChange(event.target.value)}
        className={clsx(
          "wire h-full min-w-0 flex-1 bg-transparent pl-10 placeholder:font-sans placeholder:text-faint focus-visible:outline-none max-md:pl-9",
          className,
        )}
        {...props}
      />
      {children}
    </div>
  );
}
