/** Grey lines, shown only when it takes long enough to be noticed. */
export function Preparing({ label }: { label: string }) {
  return (
    <div
      role="status"
      className="flex flex-col gap-2.5 px-4 py-4 opacity-100 transition-opacity delay-200 duration-150 starting:opacity-0"
    >
      <span className="sr-only">{label}</span>
      {["w-1/3", "w-2/3", "w-1/2", "w-3/5"].map((width) => (
        <span key={width} aria-hidden className={`h-2.5 rounded-sm bg-hover ${width}`} />
      ))}
    </div>
  );
}
