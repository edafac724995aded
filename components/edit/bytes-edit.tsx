"use client";

import { useMemo, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Choice } from "#components/ui/choice.tsx";
import { formatSize } from "#components/ui/format.ts";
import { CodeEditor } from "./code-editor.tsx";
import { type Fault, hexFaultOf, jsonFaultOf } from "./faults.ts";
import { fromHexText, toHexText } from "./hex-text.ts";
import { packJson, spreadJson } from "./json-text.ts";

/** Beyond these an editor is no help: a file replaces the body. */
const TEXT_BYTES_MAX = 2 * 1024 * 1024;
const HEX_BYTES_MAX = 64 * 1024;

type Mode = "text" | "hex";

type BytesEditProps = {
  bytes: Uint8Array<ArrayBuffer>;
  isCaptured: boolean;
  /** Compressed: as text it would be broken. */
  isPacked: boolean;
  contentType: string | null;
  onChange: (bytes: Uint8Array<ArrayBuffer>) => void;
};

/** Bytes as text where they are text, as hexadecimal digits, or out of a file. */
export function BytesEdit({ bytes, isCaptured, isPacked, contentType, onChange }: BytesEditProps) {
  const text = useMemo(() => (isPacked ? null : textOf(bytes)), [bytes, isPacked]);
  const canHex = bytes.length <= HEX_BYTES_MAX;
  const [chosen, setChosen] = useState<Mode>("text");
  const mode = chosen === "hex" || text === null ? "hex" : "text";
  const [fault, setFault] = useState<Fault | null>(null);
  /** Rises when the text comes from elsewhere than the editor. */
  const [written, setWritten] = useState(0);
  const isJson = text !== null && looksLikeJson(text, contentType);

  const replace = (next: Uint8Array<ArrayBuffer>) => {
    onChange(next);
    setFault(null);
    setWritten((count) => count + 1);
  };
  const rewrite = (print: (text: string) => string | null) => {
    const printed = text === null ? null : print(text);
    if (printed !== null) replace(new TextEncoder().encode(printed));
  };

  return (
    <section aria-label="Body" className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="mr-auto text-xs font-medium text-muted">
          Body{" "}
          <span className="font-normal text-faint">
            {formatSize(bytes.length)}
            {isCaptured ? ", as captured" : ", edited"}
          </span>
        </h3>
        {mode === "text" && isJson && (
          <>
            <Button size="sm" variant="quiet" onClick={() => rewrite(spreadJson)}>
              Format
            </Button>
            <Button size="sm" variant="quiet" onClick={() => rewrite(packJson)}>
              Minify
            </Button>
          </>
        )}
        <FileButton onFile={replace} />
        {text !== null && canHex && (
          <Choice
            label="Edit the body as"
            value={mode}
            onChange={(next) => {
              setFault(null);
              setChosen(next);
            }}
            choices={[
              { value: "text", label: "Text" },
              { value: "hex", label: "Bytes" },
            ]}
          />
        )}
      </div>
      {/* Above the text, whose end may be far down. */}
      <FaultLine fault={fault} mode={mode} isJson={isJson} />
      {mode === "text" && (
        <CodeEditor
          key={`text${written}`}
          label="Body as text"
          text={text ?? ""}
          isJson={isJson}
          faultOf={isJson ? jsonFaultOf : null}
          onFault={setFault}
          onText={(next) => onChange(new TextEncoder().encode(next))}
        />
      )}
      {mode === "hex" && canHex && (
        <CodeEditor
          key={`hex${written}`}
          label="Body as bytes"
          text={toHexText(bytes)}
          isJson={false}
          faultOf={hexFaultOf}
          onFault={setFault}
          onText={(next) => {
            const read = fromHexText(next);
            if (read.kind === "bytes") onChange(read.bytes);
          }}
        />
      )}
      {mode === "hex" && !canHex && (
        <p className="text-xs text-muted">
          {text === null
            ? "These bytes are no text that can be edited here, and too many to edit one by one: replace them with a file."
            : "Too large to edit here: replace it with a file."}
        </p>
      )}
    </section>
  );
}

type FaultLineProps = { fault: Fault | null; mode: Mode; isJson: boolean };

function FaultLine({ fault, mode, isJson }: FaultLineProps) {
  const at = fault && `line ${fault.line}, column ${fault.column}: ${fault.message}`;
  return (
    <p role="status" className={fault ? "text-xs text-warn" : "text-xs text-muted"}>
      {mode === "hex" && (at ? `Not sent so, ${at}.` : "Two digits for each byte.")}
      {mode === "text" &&
        isJson &&
        (at ? `No valid JSON, ${at}. It is sent as it stands.` : "Valid JSON.")}
    </p>
  );
}

function FileButton({ onFile }: { onFile: (bytes: Uint8Array<ArrayBuffer>) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button size="sm" variant="quiet" onClick={() => input.current?.click()}>
        Replace with a file
      </Button>
      <input
        ref={input}
        type="file"
        aria-label="A file to replace the body with"
        tabIndex={-1}
        className="sr-only"
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          currentTarget.value = "";
          if (file) void file.arrayBuffer().then((buffer) => onFile(new Uint8Array(buffer)));
        }}
      />
    </>
  );
}

/** Null where encoding it again would give other bytes, and where it is too long for an editor. */
function textOf(bytes: Uint8Array): string | null {
  if (bytes.length > TEXT_BYTES_MAX) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

const looksLikeJson = (text: string, contentType: string | null) =>
  /[/+]json\b/i.test(contentType ?? "") || /^\s*[{[]/.test(text);
