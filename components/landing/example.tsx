"use client";

import { useEffect, useRef, useState } from "react";
import { later } from "#components/ui/later.tsx";
import { whenIdle } from "#components/ui/when-idle.ts";

const Demo = later(() => import("./demo.tsx").then((module) => module.Demo), <Frame />);

/** The example, fetched once it is about to be seen: the button above must not wait for it. */
export function Example() {
  const section = useRef<HTMLElement>(null);
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    if (!section.current) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && whenIdle(() => setNear(true)),
    );
    observer.observe(section.current);
    return () => observer.disconnect();
  }, []);
  return (
    <section
      ref={section}
      aria-labelledby="example"
      className="flex flex-col gap-2 noscript:hidden"
    >
      <header className="flex items-baseline gap-2">
        <h2 id="example" className="text-xs font-medium text-faint">
          What it looks like
        </h2>
        <span className="rounded-sm bg-hover px-1.5 text-2xs font-medium text-muted">
          Example: a recording, nothing here is live
        </span>
      </header>
      {isNear ? <Demo /> : <Frame />}
    </section>
  );
}

function Frame() {
  return <div className="h-[36rem] rounded-lg border border-line bg-surface max-md:h-[46rem]" />;
}
