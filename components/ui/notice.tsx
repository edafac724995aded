import { clsx } from "clsx";
import { CircleAlert, Info, type LucideIcon, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

const looks: Record<"info" | "warn" | "bad", { icon: LucideIcon; frame: string; mark: string }> = {
  info: { icon: Info, frame: "border-line bg-sunken", mark: "text-muted" },
  warn: { icon: TriangleAlert, frame: "border-transparent bg-warn-soft", mark: "text-warn" },
  bad: { icon: CircleAlert, frame: "border-transparent bg-bad-soft", mark: "text-bad" },
};

type NoticeProps = {
  tone?: keyof typeof looks;
  className?: string;
  children: ReactNode;
  actions?: ReactNode;
};

/** Something that a person should know here: what happened, why, what to do. */
export function Notice({ tone = "info", className, children, actions }: NoticeProps) {
  const { icon: Icon, frame, mark } = looks[tone];
  return (
    <div
      role={tone === "bad" ? "alert" : "note"}
      className={clsx("flex items-start gap-2.5 rounded-md border px-3 py-2", frame, className)}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden className={clsx("mt-0.5 shrink-0", mark)} />
      <div className="min-w-0 flex-1">{children}</div>
      {actions && <div className="flex shrink-0 gap-2">{actions}</div>}
    </div>
  );
}
