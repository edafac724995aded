import { Toggle } from "@base-ui/react/toggle";
import { ToggleGroup } from "@base-ui/react/toggle-group";

type HexSwitchProps = { asHex: boolean; onChange: (asHex: boolean) => void };

/** Whether what is typed is text or bytes. */
export function HexSwitch({ asHex, onChange }: HexSwitchProps) {
  return (
    <ToggleGroup
      aria-label="Find as"
      value={[asHex ? "hex" : "text"]}
      onValueChange={([next]) => next && onChange(next === "hex")}
      className="flex rounded-md bg-hover p-0.5"
    >
      {["text", "hex"].map((kind) => (
        <Toggle
          key={kind}
          value={kind}
          className="touch-target h-6 cursor-pointer rounded-sm px-2 text-xs text-muted hover:text-ink data-pressed:bg-raised data-pressed:font-medium data-pressed:text-ink"
        >
          {kind}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
