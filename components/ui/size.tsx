import { formatBytes, formatSize } from "./format.ts";

type SizeProps = { bytes: number; className?: string };

/** Humane, with the exact count on hover and for screen readers. */
export function Size({ bytes, className }: SizeProps) {
  return (
    <data value={bytes} title={formatBytes(bytes)} className={className}>
      {formatSize(bytes)}
    </data>
  );
}
