"use client";

import { Download, Eye, File } from "lucide-react";
import { useMemo } from "react";
import { WireText } from "#components/request/wire-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { formatBytes, formatCount } from "#components/ui/format.ts";
import { plainName } from "#components/ui/plain-name.ts";
import { Size } from "#components/ui/size.tsx";
import { BodyView } from "./body-view.tsx";
import { Disclosure } from "./disclosure.tsx";
import { ImageView } from "./image-view.tsx";
import type { Part } from "#lib/body/multipart.ts";
import { saveBytes } from "./save-bytes.ts";
import { imageTypeOf, looksLikeText } from "#lib/body/sniff.ts";

const PREVIEW_CHARS = 400;
/** A part has more only where someone means harm. */
const HEADERS_SHOWN = 200;
const PREVIEW_IMAGE_BYTES = 2 * 1024 * 1024;

type PartCardProps = {
  part: Part;
  bytes: Uint8Array<ArrayBuffer>;
  /** Shown in the views of a body instead of its beginning. Kept above: a part that is scrolled away is taken out. */
  isWhole: boolean;
  onWhole: (isWhole: boolean) => void;
};

export function PartCard({ part, bytes, isWhole, onWhole }: PartCardProps) {
  const body = useMemo(() => bytes.subarray(part.bodyStart, part.bodyEnd), [bytes, part]);
  const title = part.filename ?? part.name;
  const label = title === null ? null : plainName(title);
  return (
    <section
      aria-label={`Part ${label ?? "without a name"}`}
      className="border-b border-line px-4 py-3"
    >
      <div className="flex flex-wrap items-start gap-2">
        <p className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-3 gap-y-0.5 wrap-anywhere">
          {part.name === null ? (
            <span className="text-muted">no name</span>
          ) : (
            <WireText text={part.name} className="font-medium" />
          )}
          {part.filename !== null && (
            <span className="inline-flex items-baseline gap-1">
              <File size={12} aria-label="File" className="shrink-0 self-center text-faint" />
              <WireText text={part.filename} />
            </span>
          )}
          {part.contentType && <WireText text={part.contentType} className="text-muted" />}
          <Size bytes={body.length} className="text-xs text-muted" />
        </p>
        {body.length > 0 && (
          <Button
            size="sm"
            aria-label={`View ${label ?? "this part"}`}
            aria-expanded={isWhole}
            onClick={() => onWhole(!isWhole)}
          >
            <Eye size={13} aria-hidden />
            View
          </Button>
        )}
        <Button
          size="sm"
          aria-label={`Download ${label ?? "this part"}, ${formatBytes(body.length)}`}
          onClick={() => saveBytes(body, title)}
        >
          <Download size={13} aria-hidden />
          Download
        </Button>
      </div>
      {isWhole ? (
        <BodyView
          bytes={body}
          contentType={part.contentType}
          className="my-2 max-h-96 overflow-hidden rounded-md border border-line"
        />
      ) : (
        <Preview body={body} />
      )}
      <PartHeaders part={part} />
    </section>
  );
}

function Preview({ body }: { body: Uint8Array<ArrayBuffer> }) {
  const imageType = imageTypeOf(body);
  if (body.length === 0) return <p className="text-xs text-faint">empty</p>;
  if (imageType && body.length <= PREVIEW_IMAGE_BYTES) {
    return <ImageView bytes={body} type={imageType} preview />;
  }
  if (!looksLikeText(body)) return null;
  const text = new TextDecoder().decode(body.subarray(0, PREVIEW_CHARS * 4));
  const isCut = text.length > PREVIEW_CHARS || body.length > PREVIEW_CHARS * 4;
  return (
    <p className="my-1 line-clamp-6 rounded-sm bg-sunken px-2 py-1 wrap-anywhere whitespace-pre-wrap">
      <WireText text={text.slice(0, PREVIEW_CHARS)} kept={"\t\n"} />
      {isCut && <span className="text-faint"> …</span>}
    </p>
  );
}

function PartHeaders({ part }: { part: Part }) {
  const count = part.headers.length;
  return (
    <Disclosure
      summary={`${formatCount(count)} ${count === 1 ? "header" : "headers"}`}
      className="mt-1"
    >
      <dl className="mt-1 flex pl-4.5 flex-col gap-0.5">
        {part.headers.slice(0, HEADERS_SHOWN).map(([name, value], index) => (
          <div key={index} className="flex flex-wrap gap-x-2 wrap-anywhere">
            <dt className="text-muted">
              <WireText text={name} />
            </dt>
            <dd>
              <WireText text={value} />
            </dd>
          </div>
        ))}
      </dl>
      {count > HEADERS_SHOWN && (
        <p className="pl-4.5 text-xs text-faint">and {formatCount(count - HEADERS_SHOWN)} more</p>
      )}
    </Disclosure>
  );
}
