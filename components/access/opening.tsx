/** The frame of the page while the bin is read: still, so that a fast answer does not flicker. */
export function Opening() {
  return (
    <main aria-busy className="flex h-dvh flex-col">
      <p role="status" className="sr-only">
        Opening the bin
      </p>
      <div className="h-13 border-b border-line bg-surface" />
      <div className="flex min-h-0 flex-1">
        <div className="w-96 border-r border-line bg-surface max-md:w-full max-md:border-r-0" />
      </div>
    </main>
  );
}
