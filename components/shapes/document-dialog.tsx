"use client";

import { type FormEvent, useEffect, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field, Input, Select, TextArea } from "#components/ui/field.tsx";
import { ApiError } from "#lib/contract/calls.ts";
import type {
  DocumentCreate,
  DocumentEntry,
  ShapeDocument,
  ShapeEvent,
} from "#lib/contract/shapes.ts";
import { type ShapesClient, sourceParameters } from "#lib/contract/shapes-client.ts";
import { readScope, scopeOf } from "./document-scope.ts";

type DocumentDialogProps = {
  client: ShapesClient;
  events: readonly ShapeEvent[];
  /** Null for a new one. */
  document: ShapeDocument | null;
  onSaved: () => void;
  onClose: () => void;
};

/** A document pasted or read from a file, and which requests it is for. */
export function DocumentDialog({
  client,
  events,
  document,
  onSaved,
  onClose,
}: DocumentDialogProps) {
  const [name, setName] = useState(document?.name ?? "");
  const [text, setText] = useState("");
  const [scope, setScope] = useState(document ? scopeOf(document) : "");
  const [q, setQ] = useState(document?.q ?? "");
  const [entry, setEntry] = useState(document?.entry ?? "");
  const [entries, setEntries] = useState<DocumentEntry[]>([]);
  const [failure, setFailure] = useState<ApiError | null>(null);
  const [isSaving, setSaving] = useState(false);

  const id = document?.id ?? null;
  useEffect(() => {
    if (id === null) return;
    const controller = new AbortController();
    client.document(id, controller.signal).then(
      (whole) => {
        setText(whole.text);
        setEntries(whole.entries);
      },
      (error: unknown) => !controller.signal.aborted && setFailure(asApiError(error)),
    );
    return () => controller.abort();
  }, [client, id]);

  async function takeFile(file: File | undefined): Promise<void> {
    if (!file) return;
    setText(await file.text());
    if (name === "") setName(file.name);
  }

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    const body: DocumentCreate = { name, text, entry: entry || null, ...readScope(scope, q) };
    setSaving(true);
    try {
      await (id === null ? client.addDocument(body) : client.replaceDocument(id, body));
      onSaved();
      onClose();
    } catch (error) {
      setFailure(asApiError(error));
    } finally {
      setSaving(false);
    }
  }

  const errorOf = (pointer: string) =>
    failure?.errors.find((error) => error.pointer === pointer)?.detail;
  const isElsewhere = failure && !["/text", "/name", "/q", "/entry"].some(errorOf);
  return (
    <Dialog
      size="wide"
      title={document ? "Edit document" : "Add document"}
      description="JSON or YAML. References to other files are not fetched: put what they mean into it."
      onClose={onClose}
    >
      <form onSubmit={(event) => void save(event)} className="flex flex-col gap-4">
        <div className="grid gap-4 md:grid-cols-2">
          <Field label="Name" error={errorOf("/name")}>
            <Input
              value={name}
              required
              maxLength={100}
              onChange={(event) => setName(event.target.value)}
            />
          </Field>
          <Field label="For">
            <Select value={scope} onChange={(event) => setScope(event.target.value)}>
              <option value="">All requests</option>
              <option value="q">What matches a filter</option>
              {document?.provider && (
                <option value={scopeOf(document)}>
                  {document.provider} {document.event ?? ""}
                </option>
              )}
              {events
                .filter(({ source }) => source.provider !== undefined)
                .filter(
                  ({ source }) =>
                    sourceParameters(source).toString() !== (document && scopeOf(document)),
                )
                .map(({ source, title }) => (
                  <option key={title} value={sourceParameters(source).toString()}>
                    {title}
                  </option>
                ))}
            </Select>
          </Field>
        </div>
        {scope === "q" && (
          <Field
            label="Filter"
            hint="As in the search field, such as path:/orders/*"
            error={errorOf("/q") ?? (failure?.code === "invalid_query" ? failure.message : null)}
          >
            <Input wire value={q} required onChange={(event) => setQ(event.target.value)} />
          </Field>
        )}
        <Field label="Document" error={errorOf("/text")}>
          <TextArea
            wire
            rows={14}
            required
            spellCheck={false}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
        <label className="text-xs text-muted">
          Or a file{" "}
          <input
            type="file"
            className="ml-1 max-w-full file:mr-2 file:cursor-pointer file:rounded-md file:border file:border-line-strong file:bg-surface file:px-2.5 file:py-1 file:text-ink hover:file:border-faint"
            accept=".json,.yaml,.yml,application/json"
            onChange={(event) => void takeFile(event.target.files?.[0])}
          />
        </label>
        {entries.length > 0 && (
          <Field
            label="Operation"
            hint="By itself: the webhook of the event's name, else the method and the path."
          >
            <Select value={entry} onChange={(event) => setEntry(event.target.value)}>
              <option value="">The one that fits the request</option>
              {entries.map(({ pointer, title }) => (
                <option key={pointer} value={pointer}>
                  {title}
                </option>
              ))}
            </Select>
          </Field>
        )}
        {isElsewhere && (
          <p role="alert" className="text-bad">
            {failure.message}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button type="button" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" disabled={isSaving}>
            {isSaving ? "Reading it" : "Save document"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  throw error;
}
