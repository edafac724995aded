"use client";

import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { TextArea } from "#components/ui/field.tsx";
import { NOTE_CHARACTERS_MAX } from "#lib/contract/annotation-limits.ts";
import type { ApiClient } from "#lib/contract/client.ts";
import { messageOf } from "#lib/message-of.ts";

type NoteEditorProps = {
  api: ApiClient;
  binId: string;
  id: string;
  note: string;
  onSaved: (note: string) => void;
  onClose: () => void;
};

/** Characters from the end at which it is told how many are left. */
const NEAR_END = 500;

export function NoteEditor({ api, binId, id, note, onSaved, onClose }: NoteEditorProps) {
  const [text, setText] = useState(note);
  const [failure, setFailure] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);

  async function save() {
    if (isSaving) return;
    setSaving(true);
    setFailure(null);
    try {
      const changed = await api.changeRequest(binId, id, { note: text.trim() });
      onSaved(changed.note ?? "");
      onClose();
    } catch (error) {
      setFailure(messageOf(error));
    } finally {
      setSaving(false);
    }
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Escape") onClose();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void save();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const left = NOTE_CHARACTERS_MAX - text.length;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      className="flex flex-col gap-1.5"
    >
      <TextArea
        ref={field}
        aria-label={`Note, plain text, at most ${NOTE_CHARACTERS_MAX} characters`}
        dir="auto"
        rows={4}
        maxLength={NOTE_CHARACTERS_MAX}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        className="max-h-48 text-xs"
      />
      {failure && (
        <p role="alert" className="text-xs text-bad">
          Not saved. {failure}
        </p>
      )}
      <div className="flex items-center justify-end gap-2">
        <span className="mr-auto text-2xs text-faint">
          {left < NEAR_END
            ? `${left} characters left`
            : "Ctrl Enter saves, Esc leaves it as it was"}
        </span>
        <Button size="sm" onClick={onClose}>
          Cancel
        </Button>
        <Button size="sm" variant="primary" type="submit" disabled={isSaving}>
          Save note
        </Button>
      </div>
    </form>
  );
}
