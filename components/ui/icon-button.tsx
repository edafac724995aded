import type { LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";
import { Button } from "./button.tsx";
import { Tooltip } from "./tooltip.tsx";

type IconButtonProps = Omit<ComponentProps<typeof Button>, "size" | "children" | "aria-label"> & {
  icon: LucideIcon;
  /** The name that is read out, and the tooltip. */
  label: string;
};

export function IconButton({ icon: Icon, label, variant = "quiet", ...props }: IconButtonProps) {
  return (
    <Tooltip content={label}>
      <Button size="icon" variant={variant} aria-label={label} {...props}>
        <Icon size={16} strokeWidth={1.75} aria-hidden />
      </Button>
    </Tooltip>
  );
}
