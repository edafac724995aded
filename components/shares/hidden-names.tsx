"use client";

import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field, Input } from "#components/ui/field.tsx";

type HiddenNamesProps = {
  label: string;
  placeholder: string;
  hint: string;
  chosen: readonly string[];
  suggested: readonly { name: string; about: string }[];
  onChange: (chosen: string[]) => void;
};

/** Names of what is hidden: typed, or taken from what the requests have. */
export function HiddenNames(props: HiddenNamesProps) {
  const { label, placeholder, hint, chosen, suggested, onChange } = props;
  const [text, setText] = useState("");
  const isChosen = (name: string) =>
    chosen.some((each) => each.toLowerCase() === name.toLowerCase());
  const open = suggested.filter(({ name }) => !isChosen(name));

  function add(name: string) {
    const plain = name.trim();
    if (plain !== "" && !isChosen(plain)) onChange([...chosen, plain]);
    setText("");
  }

  return (
    <div className="flex min-w-0 flex-col gap-2">
      <Field label={label} hint={hint}>
        <span className="flex gap-2">
          <Input
            wire
            value={text}
            placeholder={placeholder}
            aria-label={label}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== "Enter") return;
              event.preventDefault();
              add(text);
            }}
          />
          <Button disabled={text.trim() === ""} onClick={() => add(text)}>
            Add
          </Button>
        </span>
      </Field>
      <ul aria-label={`${label}, hidden`} className="flex flex-wrap gap-1.5 empty:hidden">
        {chosen.map((name) => (
          <li key={name}>
            <button
              type="button"
              aria-label={`Hide ${name} no more`}
              onClick={() => onChange(chosen.filter((each) => each !== name))}
              className="touch-around flex max-w-full cursor-pointer items-center gap-1 rounded-sm bg-accent-soft px-1.5 py-0.5 text-accent"
            >
              <code className="wire min-w-0 wrap-anywhere">{name}</code>
              <X size={12} aria-hidden className="shrink-0" />
            </button>
          </li>
        ))}
      </ul>
      {open.length > 0 && (
        <ul
          aria-label={`${label}, to choose from`}
          className="max-h-36 overflow-y-auto rounded-md border border-line"
        >
          {open.map(({ name, about }) => (
            <li key={name}>
              <button
                type="button"
                onClick={() => add(name)}
                className="touch-target flex w-full cursor-pointer items-center gap-2 px-2 py-1 text-left text-xs hover:bg-hover"
              >
                <Plus size={12} aria-hidden className="shrink-0 text-faint" />
                <code className="wire min-w-0 flex-1 truncate">{name}</code>
                <span className="wire max-w-[45%] truncate text-faint">{about}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
