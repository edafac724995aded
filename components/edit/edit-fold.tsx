"use client";

import { Disclosure } from "#components/body/disclosure.tsx";
import { Preparing } from "#components/body/preparing.tsx";
import { later } from "#components/ui/later.tsx";
import type { ApiClient } from "#lib/contract/client.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import type { Editing } from "./use-edit.ts";

const EditPanel = later(
  () => import("./edit-panel.tsx").then((module) => module.EditPanel),
  <Preparing label="Loading the editor" />,
);

type EditFoldProps = { api: ApiClient; request: CapturedRequest; editing: Editing };

/** "Edit before sending", which opens the editor beneath it. */
export function EditFold({ api, request, editing }: EditFoldProps) {
  const { changed, isOpen, setOpen } = editing;
  const summary = changed.length > 0 ? `Edited: ${changed.join(", ")}` : "Edit before sending";
  return (
    <Disclosure summary={summary} open={isOpen} onToggle={setOpen}>
      <EditPanel api={api} request={request} editing={editing} />
    </Disclosure>
  );
}
