"use client";

import { RotateCcw } from "lucide-react";
import { useId } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import type { ApiClient } from "#lib/contract/client.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import { BodyEdit } from "./body-edit.tsx";
import { rowAt } from "./edited.ts";
import type { RowErrors } from "./header-row.ts";
import { HeadersEdit } from "./headers-edit.tsx";
import type { Editing } from "./use-edit.ts";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

type EditPanelProps = { api: ApiClient; request: CapturedRequest; editing: Editing };

/** Everything of a request that can be changed before it is sent on. The captured one stays as it is. */
export function EditPanel({ api, request, editing }: EditPanelProps) {
  const { edited, change, errors, changed, reset, round } = editing;
  const listId = useId();
  const detailAt = (pointer: string) => errors.find((error) => error.pointer === pointer)?.detail;
  return (
    <section
      aria-label="Edit before sending"
      className="mt-2 flex flex-col gap-4 rounded-md border border-line bg-raised p-3"
    >
      <div className="grid gap-3 sm:grid-cols-[8rem_minmax(0,1fr)]">
        <Field label="Method" error={detailAt("/edit/method")}>
          <Input
            wire
            list={listId}
            value={edited.method}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => change({ method: event.target.value })}
          />
        </Field>
        <datalist id={listId}>
          {METHODS.map((method) => (
            <option key={method} value={method}>
              {method}
            </option>
          ))}
        </datalist>
        <Field
          label="Path and query"
          hint={
            changed.includes("path") ? "Appended to the URL that it is forwarded to." : undefined
          }
          error={detailAt("/edit/target")}
        >
          <Input
            wire
            value={edited.target}
            autoComplete="off"
            spellCheck={false}
            placeholder="/path?query"
            onChange={(event) => change({ target: event.target.value })}
          />
        </Field>
      </div>
      <BodyEdit key={round} api={api} request={request} editing={editing} />
      <HeadersEdit
        rows={edited.headers}
        errors={rowErrors(editing)}
        onChange={(headers) => change({ headers })}
      />
      <div className="flex flex-wrap items-center justify-between gap-2 border-t border-line pt-3">
        <p className="text-xs text-muted">
          Content-Length and Host follow by themselves. What was captured stays as it is.
        </p>
        <Button size="sm" disabled={changed.length === 0} onClick={reset}>
          <RotateCcw size={13} aria-hidden />
          All as captured
        </Button>
      </div>
    </section>
  );
}

/** By the id of the row. Pointers look like `/edit/headers/2/1`. */
function rowErrors({ errors, edited }: Editing): RowErrors {
  const byRow: RowErrors = {};
  for (const { pointer, detail } of errors) {
    const [, index, part] = /^\/edit\/headers\/(\d+)\/([01])$/.exec(pointer) ?? [];
    const row = index === undefined ? undefined : rowAt(edited, Number(index));
    if (row) byRow[row.id] = { ...byRow[row.id], [part === "0" ? "name" : "value"]: detail };
  }
  return byRow;
}
