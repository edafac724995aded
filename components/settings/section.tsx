import type { ReactNode } from "react";

type SectionProps = { id: string; title: string; children: ReactNode; intro?: ReactNode };

export function Section({ id, title, intro, children }: SectionProps) {
  return (
    <section
      aria-labelledby={id}
      className="grid scroll-mt-13 gap-x-8 gap-y-4 border-t border-line py-8 md:grid-cols-[13rem_minmax(0,1fr)]"
    >
      <header>
        <h2 id={id} className="font-semibold">
          {title}
        </h2>
        {intro && <div className="mt-1 text-xs text-muted">{intro}</div>}
      </header>
      <div className="min-w-0">{children}</div>
    </section>
  );
}
