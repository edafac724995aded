"use client";

import { hexText } from "#lib/body/hex.ts";
import { ImageView } from "#components/body/image-view.tsx";
import { imageTypeOf } from "#lib/body/sniff.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { formatCount } from "#components/ui/format.ts";

/** Bytes that are shown; all of them are copied. */
const BYTES_SHOWN = 256;

type DecodedBytesProps = { words: string; bytes: Uint8Array<ArrayBuffer> };

/** Bytes that are no text: an image as such, all else in hex. */
export function DecodedBytes({ words, bytes }: DecodedBytesProps) {
  const imageType = imageTypeOf(bytes);
  return (
    <>
      <div className="flex items-center gap-1">
        <span className="text-xs font-medium text-muted">{words}, no text</span>
        <CopyButton
          text={() => hexText(bytes).replaceAll(" ", "")}
          label="Copy the bytes in hex"
          className="-my-1.5"
        />
      </div>
      {imageType ? (
        <ImageView bytes={bytes} type={imageType} preview />
      ) : (
        <p className="rounded-sm bg-sunken px-2 py-1 wrap-anywhere">
          <span className="wire">{hexText(bytes.subarray(0, BYTES_SHOWN))}</span>
          {bytes.length > BYTES_SHOWN && (
            <span className="text-xs text-faint">
              {" "}
              … {formatCount(bytes.length - BYTES_SHOWN)} more bytes
            </span>
          )}
        </p>
      )}
    </>
  );
}
