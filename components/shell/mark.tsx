/** The mark and, where there is room, the name. */
export function Mark({ compact = false }: { compact?: boolean }) {
  return (
    <>
      <svg viewBox="0 0 32 32" width="18" height="18" aria-hidden className="text-accent">
        <path
          d="M16 3.5 28.5 16 16 28.5 3.5 16Z"
          fill="none"
          stroke="currentColor"
          strokeWidth="2.6"
          strokeLinejoin="round"
        />
        <circle cx="16" cy="16" r="4.2" fill="currentColor" />
      </svg>
      <span className={compact ? "max-lg:sr-only" : ""}>Hooklens</span>
    </>
  );
}

export const markClass =
  "touch-target flex shrink-0 items-center gap-2 rounded-sm font-semibold tracking-tight";
