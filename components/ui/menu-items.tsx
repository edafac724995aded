"use client";

import { clsx } from "clsx";
import { Check, type LucideIcon } from "lucide-react";
import Link from "next/link";
import { type ComponentProps, createContext, type ReactNode, useContext } from "react";

/** Closes the menu around an item and gives the focus back. */
export const MenuContext = createContext<() => void>(() => {});

const itemClass =
  "touch-target flex min-h-8 w-full cursor-pointer items-center gap-2 rounded-sm px-2 text-left outline-none aria-disabled:cursor-default aria-disabled:text-faint";

const iconProps = {
  size: 15,
  strokeWidth: 1.75,
  "aria-hidden": true,
  className: "shrink-0 opacity-80",
} as const;

type ItemProps = Omit<ComponentProps<"button">, "type" | "role" | "tabIndex"> & {
  role?: "menuitem" | "menuitemcheckbox" | "menuitemradio";
};

const Item = ({ role = "menuitem", className, ...props }: ItemProps) => (
  <button
    type="button"
    role={role}
    tabIndex={-1}
    className={clsx(itemClass, className ?? "text-ink focus:bg-hover")}
    {...props}
  />
);

type MenuItemProps = {
  icon?: LucideIcon;
  danger?: boolean;
  disabled?: boolean;
  onClick: () => void;
  children: ReactNode;
};

export function MenuItem(props: MenuItemProps) {
  const { icon: Icon, danger = false, disabled = false, onClick, children } = props;
  const close = useContext(MenuContext);
  function run() {
    if (disabled) return;
    close();
    onClick();
  }
  return (
    <Item
      aria-disabled={disabled || undefined}
      onClick={run}
      {...(danger && { className: "text-bad focus:bg-bad-soft" })}
    >
      {Icon && <Icon {...iconProps} />}
      <span className="min-w-0 flex-1 truncate">{children}</span>
    </Item>
  );
}

type MenuLinkProps = {
  href: string;
  icon?: LucideIcon;
  /** Keeps the room of an icon when there is none. */
  isIndented?: boolean;
  detail?: string;
  children: ReactNode;
};

/** An item that goes somewhere. */
export function MenuLink({
  href,
  icon: Icon,
  isIndented = false,
  detail,
  children,
}: MenuLinkProps) {
  return (
    <Link
      href={href}
      prefetch={false}
      role="menuitem"
      tabIndex={-1}
      onClick={useContext(MenuContext)}
      className={clsx(itemClass, "focus:bg-hover")}
    >
      {Icon && <Icon {...iconProps} />}
      {!Icon && isIndented && <span className="w-[15px] shrink-0" />}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {detail && <span className="shrink-0 text-xs text-faint">{detail}</span>}
    </Link>
  );
}

export function MenuSeparator() {
  return <hr className="mx-1 my-1 border-line" />;
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <div className="px-2 pt-1.5 pb-1 text-2xs text-faint">{children}</div>;
}

const Mark = ({ children }: { children: ReactNode }) => (
  <span aria-hidden className="flex size-[15px] items-center justify-center">
    {children}
  </span>
);

type MenuCheckProps = {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
};

/** Something to be on or off; the menu stays open. */
export function MenuCheck({ checked, onChange, children }: MenuCheckProps) {
  return (
    <Item role="menuitemcheckbox" aria-checked={checked} onClick={() => onChange(!checked)}>
      <Mark>{checked && <Check size={14} />}</Mark>
      <span className="min-w-0 flex-1 truncate">{children}</span>
    </Item>
  );
}

type MenuChoiceProps<Value extends string> = {
  value: Value;
  onChange: (value: Value) => void;
  choices: readonly { value: Value; label: string }[];
};

/** One of several, as radio items. */
export function MenuChoice<Value extends string>(props: MenuChoiceProps<Value>) {
  const close = useContext(MenuContext);
  return props.choices.map(({ value, label }) => (
    <Item
      key={value}
      role="menuitemradio"
      aria-checked={value === props.value}
      onClick={() => {
        close();
        props.onChange(value);
      }}
    >
      <Mark>
        {value === props.value && (
          <span className="size-1.5 rounded-full bg-current forced-color-adjust-none" />
        )}
      </Mark>
      {label}
    </Item>
  ));
}
