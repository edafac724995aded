"use client";

import { Plus } from "lucide-react";
import { useCallback, useState } from "react";
import { LoadState } from "#components/load/load-state.tsx";
import { useLoad } from "#components/load/use-load.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { plainName } from "#components/ui/plain-name.ts";
import type { ShapeDocument, ShapeEvent } from "#lib/contract/shapes.ts";
import type { ShapesClient } from "#lib/contract/shapes-client.ts";
import { DocumentDialog } from "./document-dialog.tsx";

type DocumentsProps = { client: ShapesClient; events: readonly ShapeEvent[] };

/** The person's own documents, by which the bin's requests are checked. */
export function Documents({ client, events }: DocumentsProps) {
  const [turn, setTurn] = useState(0);
  const [editing, setEditing] = useState<ShapeDocument | "new" | null>(null);
  const [removing, setRemoving] = useState<ShapeDocument | null>(null);
  const again = () => setTurn((now) => now + 1);
  return (
    <div className="flex min-h-0 flex-col gap-4 overflow-auto p-4">
      <header className="flex flex-wrap items-start gap-3">
        <div className="min-w-0 flex-1">
          <h2 className="font-semibold">Your documents</h2>
          <p className="max-w-2xl text-muted">
            Requests are checked by a JSON Schema (draft-07, 2019-09, 2020-12) or an OpenAPI
            document (3.0, 3.1). What does not fit is marked in the list, and told at the value.
          </p>
        </div>
        <Button onClick={() => setEditing("new")}>
          <Plus size={15} aria-hidden />
          Add document
        </Button>
      </header>
      <KeptDocuments key={turn} client={client} onEdit={setEditing} onRemove={setRemoving} />
      {editing && (
        <DocumentDialog
          client={client}
          events={events}
          document={editing === "new" ? null : editing}
          onSaved={again}
          onClose={() => setEditing(null)}
        />
      )}
      {removing && (
        <ConfirmDialog
          title={`Remove ${plainName(removing.name)}?`}
          description="Requests are not checked by it any more. The requests themselves stay."
          action="Remove document"
          onConfirm={async () => {
            await client.removeDocument(removing.id);
            again();
          }}
          onClose={() => setRemoving(null)}
        />
      )}
    </div>
  );
}

type Acts = {
  onEdit: (document: ShapeDocument) => void;
  onRemove: (document: ShapeDocument) => void;
};

function KeptDocuments({ client, ...acts }: Acts & { client: ShapesClient }) {
  const load = useCallback((signal: AbortSignal) => client.documents(signal), [client]);
  const loaded = useLoad(load);
  return (
    <LoadState loaded={loaded} what="the documents">
      {({ items }) => (
        <ul
          aria-label="Documents"
          className="rounded-lg border border-line bg-surface empty:hidden"
        >
          {items.map((document) => (
            <DocumentRow key={document.id} document={document} {...acts} />
          ))}
        </ul>
      )}
    </LoadState>
  );
}

function DocumentRow({ document, onEdit, onRemove }: Acts & { document: ShapeDocument }) {
  const name = plainName(document.name);
  return (
    <li className="flex flex-wrap items-center gap-2 border-b border-line py-2 pr-2 pl-4 last:border-none">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{name}</p>
        <p className="truncate text-xs text-faint">for {scopeWords(document)}</p>
      </div>
      <Button size="sm" onClick={() => onEdit(document)} aria-label={`Edit ${name}`}>
        Edit
      </Button>
      <Button size="sm" onClick={() => onRemove(document)} aria-label={`Remove ${name}`}>
        Remove
      </Button>
    </li>
  );
}

function scopeWords({ provider, event, q }: ShapeDocument): string {
  if (q !== null) return q;
  if (provider === null) return "all requests";
  return event === null ? `all of ${provider}` : `${provider} ${event}`;
}
