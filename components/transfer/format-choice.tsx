"use client";

import { EXPORT_FORMATS, type ExportFormat, exportFormats } from "#lib/contract/transfer.ts";

type FormatChoiceProps = { value: ExportFormat; onChange: (format: ExportFormat) => void };

export function FormatChoice({ value, onChange }: FormatChoiceProps) {
  return (
    <div role="radiogroup" aria-label="Format" className="rounded-md border border-line">
      {exportFormats.map((format) => (
        <label
          key={format}
          className="touch-target grid cursor-pointer grid-cols-[auto_1fr] items-baseline gap-x-2.5 border-b border-line px-3 py-2 last:border-none hover:bg-hover"
        >
          <input
            type="radio"
            name="format"
            checked={format === value}
            onChange={() => onChange(format)}
            className="translate-y-0.5 accent-accent"
          />
          <span className="font-medium">{EXPORT_FORMATS[format].name}</span>
          <span className="col-start-2 text-xs text-muted">{EXPORT_FORMATS[format].about}</span>
        </label>
      ))}
    </div>
  );
}
