import { Menu as Base } from "@base-ui/react/menu";
import { clsx } from "clsx";
import { Check, type LucideIcon } from "lucide-react";
import type { ReactElement, ReactNode } from "react";

type MenuProps = {
  trigger: ReactElement;
  align?: "start" | "end";
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  children: ReactNode;
};

/** A dropdown of actions over the given trigger. */
export function Menu({ trigger, align = "start", children, ...state }: MenuProps) {
  return (
    <Base.Root modal={false} {...state}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} className="z-40 outline-none">
          <Base.Popup className="max-h-(--available-height) max-w-[calc(100vw-1rem)] min-w-48 overflow-y-auto rounded-md bg-raised p-1 shadow-pop outline-none transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

const itemClass =
  "touch-target flex min-h-8 cursor-pointer items-center gap-2 rounded-sm px-2 outline-none select-none data-highlighted:bg-hover data-disabled:cursor-default data-disabled:text-faint";

type MenuItemProps = {
  icon?: LucideIcon;
  danger?: boolean;
  disabled?: boolean;
  onClick: () => void;
  children: ReactNode;
};

export function MenuItem({
  icon: Icon,
  danger = false,
  disabled = false,
  onClick,
  children,
}: MenuItemProps) {
  return (
    <Base.Item
      disabled={disabled}
      onClick={onClick}
      className={clsx(itemClass, danger ? "text-bad data-highlighted:bg-bad-soft" : "text-ink")}
    >
      {Icon && <Icon size={15} strokeWidth={1.75} aria-hidden className="shrink-0 opacity-80" />}
      <span className="min-w-0 flex-1 truncate">{children}</span>
    </Base.Item>
  );
}

type MenuLinkProps = {
  icon?: LucideIcon;
  /** Keeps the room of an icon when there is none. */
  isIndented?: boolean;
  render: ReactElement;
  detail?: string;
  children: ReactNode;
};

/** An item that goes somewhere; `render` is the link. */
export function MenuLink(props: MenuLinkProps) {
  const { icon: Icon, isIndented = false, render, detail, children } = props;
  return (
    <Base.LinkItem render={render} className={itemClass} closeOnClick>
      {Icon && <Icon size={15} strokeWidth={1.75} aria-hidden className="shrink-0 opacity-80" />}
      {!Icon && isIndented && <span className="w-[15px] shrink-0" />}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {detail && <span className="shrink-0 text-xs text-faint">{detail}</span>}
    </Base.LinkItem>
  );
}

export function MenuSeparator() {
  return <Base.Separator className="mx-1 my-1 h-px bg-line" />;
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <div className="px-2 pt-1.5 pb-1 text-2xs text-faint">{children}</div>;
}

type MenuCheckProps = {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
};

/** Something to be on or off; the menu stays open. */
export function MenuCheck({ checked, onChange, children }: MenuCheckProps) {
  return (
    <Base.CheckboxItem checked={checked} onCheckedChange={onChange} className={itemClass}>
      <span aria-hidden className="flex size-[15px] items-center justify-center">
        <Base.CheckboxItemIndicator>
          <Check size={14} />
        </Base.CheckboxItemIndicator>
      </span>
      <span className="min-w-0 flex-1 truncate">{children}</span>
    </Base.CheckboxItem>
  );
}

type MenuChoiceProps<Value extends string> = {
  value: Value;
  onChange: (value: Value) => void;
  choices: readonly { value: Value; label: string }[];
};

/** One of several, as radio items. */
export function MenuChoice<Value extends string>({
  value,
  onChange,
  choices,
}: MenuChoiceProps<Value>) {
  return (
    <Base.RadioGroup value={value} onValueChange={(next) => onChange(next as Value)}>
      {choices.map((choice) => (
        <Base.RadioItem key={choice.value} value={choice.value} className={itemClass} closeOnClick>
          <span aria-hidden className="flex size-[15px] items-center justify-center">
            <Base.RadioItemIndicator className="size-1.5 rounded-full bg-current" />
          </span>
          {choice.label}
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  );
}
