"use client";

import { useCallback, useState } from "react";
import { decompress } from "#components/body/decompress.ts";
import { LoadState } from "#components/load/load-state.tsx";
import { useLoad } from "#components/load/use-load.ts";
import { Button } from "#components/ui/button.tsx";
import { formatSize } from "#components/ui/format.ts";
import { Notice } from "#components/ui/notice.tsx";
import type { ApiClient } from "#lib/contract/client.ts";
import { contentCodings } from "#lib/contract/content-coding.ts";
import { EDITED_BODY_BYTES_MAX } from "#lib/contract/attempt-limits.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import { BytesEdit } from "./bytes-edit.tsx";
import { pairsOf, withBody } from "./edited.ts";
import type { Editing } from "./use-edit.ts";

type BodyEditProps = { api: ApiClient; request: CapturedRequest; editing: Editing };

/** The body that is sent, from the captured bytes on. */
export function BodyEdit({ api, request, editing }: BodyEditProps) {
  const { binId, id, bodySize } = request;
  const load = useCallback(
    async (signal: AbortSignal) =>
      bodySize === 0 ? new Uint8Array() : new Uint8Array(await api.body(binId, id, signal)),
    [api, binId, id, bodySize],
  );
  const loaded = useLoad(load);
  return (
    <LoadState loaded={loaded} what="the body">
      {(captured) => <LoadedBody captured={captured} editing={editing} />}
    </LoadState>
  );
}

type LoadedBodyProps = { captured: Uint8Array<ArrayBuffer>; editing: Editing };

function LoadedBody({ captured, editing }: LoadedBodyProps) {
  const { edited, change } = editing;
  const [unpacked, setUnpacked] = useState(0);
  const bytes = edited.body ?? captured;
  const codings = contentCodings(pairsOf(edited));
  const contentType = edited.headers.find(({ name }) => name.toLowerCase() === "content-type");

  async function unpack() {
    const outcome = await decompress(bytes, codings);
    if (outcome.kind !== "decoded" || outcome.end !== "whole") return false;
    change({
      body: outcome.bytes,
      headers: edited.headers.filter(({ name }) => name.toLowerCase() !== "content-encoding"),
    });
    setUnpacked((count) => count + 1);
    return true;
  }

  return (
    <>
      {codings.length > 0 && <Packed codings={codings} onUnpack={unpack} />}
      <BytesEdit
        key={unpacked}
        bytes={bytes}
        isCaptured={edited.body === null}
        isPacked={codings.length > 0}
        contentType={contentType?.value ?? null}
        onChange={(next) => change(withBody(edited, next, captured))}
      />
      {bytes.length > EDITED_BODY_BYTES_MAX && edited.body && (
        <Notice tone="bad">
          An edited body may have {formatSize(EDITED_BODY_BYTES_MAX)} at most; this one has{" "}
          {formatSize(bytes.length)}.
        </Notice>
      )}
    </>
  );
}

type PackedProps = { codings: readonly string[]; onUnpack: () => Promise<boolean> };

/** What is compressed can't be edited as text: it is sent unpacked then, without saying that it is packed. */
function Packed({ codings, onUnpack }: PackedProps) {
  const [hasFailed, setFailed] = useState(false);
  return (
    <Notice
      actions={
        <Button size="sm" onClick={() => void onUnpack().then((isDone) => setFailed(!isDone))}>
          Unpack it
        </Button>
      }
    >
      <p className="text-xs">
        {hasFailed
          ? "It can’t be unpacked here: edit its bytes, or replace it with a file."
          : `The body is compressed (${codings.join(", ")}). Unpacked, it is sent without Content-Encoding.`}
      </p>
    </Notice>
  );
}
