const rowWidths = ["62%", "48%", "71%", "55%", "40%"];

/** The frame of the page while the bin is read. Its rows come late, so that a fast answer does not flicker. */
export function Opening() {
  return (
    <main aria-busy className="flex h-dvh flex-col">
      <p role="status" className="sr-only">
        Opening the bin
      </p>
      <div className="h-13 border-b border-line bg-surface" />
      <div className="flex min-h-0 flex-1">
        <div className="w-full border-line bg-surface md:w-[25rem] md:border-r">
          <ul aria-hidden className="animate-late noscript:hidden">
            {rowWidths.map((width) => (
              <li key={width} className="flex flex-col gap-2 border-b border-line px-4 py-3">
                <span className="h-2 rounded-sm bg-hover" style={{ width }} />
                <span className="h-2 w-1/4 rounded-sm bg-hover" />
              </li>
            ))}
          </ul>
        </div>
      </div>
    </main>
  );
}
