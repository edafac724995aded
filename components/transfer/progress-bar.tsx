type ProgressBarProps = {
  label: string;
  /** Null while it is not known. */
  share: number | null;
};

export function ProgressBar({ label, share }: ProgressBarProps) {
  const percent = share === null ? null : Math.min(100, Math.round(share * 100));
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(percent === null ? {} : { "aria-valuenow": percent })}
      className="h-1.5 overflow-hidden rounded-sm bg-sunken shadow-[inset_0_0_0_1px_var(--color-line)]"
    >
      <div
        style={{ width: `${percent ?? 100}%` }}
        className={percent === null ? "h-full bg-accent-soft" : "h-full bg-accent"}
      />
    </div>
  );
}
