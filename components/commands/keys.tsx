import { keyLabel } from "./command.ts";

/** Keys as they are printed on the keyboard. */
export function Keys({ keys }: { keys: readonly string[] }) {
  const isMac = /mac|iphone|ipad/i.test(navigator.platform);
  return (
    <span className="flex shrink-0 gap-1">
      {keys.map((key) => (
        <kbd
          key={key}
          className="flex h-5 min-w-5 items-center justify-center rounded-sm border border-line-strong px-1 font-sans text-2xs text-muted"
        >
          {keyLabel(key, isMac)}
        </kbd>
      ))}
    </span>
  );
}
