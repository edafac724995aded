import { clsx } from "clsx";
import { Download, type LucideIcon, Search, WrapText } from "lucide-react";
import { buttonClass } from "#components/ui/button.tsx";
import { Choice } from "#components/ui/choice.tsx";
import { Size } from "#components/ui/size.tsx";
import { CopyBodyButton } from "./copy-body-button.tsx";
import type { ViewKind } from "#lib/body/pick-view.ts";
import { saveBytes } from "./save-bytes.ts";

const names: Record<ViewKind, string> = {
  json: "JSON",
  xml: "XML",
  form: "Form",
  multipart: "Parts",
  image: "Image",
  text: "Text",
  preview: "Preview",
  hex: "Hex",
};

type BodyToolbarProps = {
  bytes: Uint8Array<ArrayBuffer>;
  contentType: string | null;
  views: readonly ViewKind[];
  view: ViewKind;
  onView: (view: ViewKind) => void;
  wrap: boolean;
  onWrap: (wrap: boolean) => void;
  /** Null where there are no rows to search. */
  onFind: (() => void) | null;
  isFinding: boolean;
  downloadUrl: string | undefined;
};

export function BodyToolbar(props: BodyToolbarProps) {
  const { bytes, contentType, view, wrap, onWrap, onFind } = props;
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-1.5">
      <Choice
        label="Show the body as"
        value={view}
        onChange={props.onView}
        choices={props.views.map((value) => ({ value, label: names[value] }))}
      />
      <Size bytes={bytes.length} className="text-xs text-muted max-sm:hidden" />
      <div className="ml-auto flex items-center">
        {onFind && (
          <Toggle
            icon={Search}
            label="Find"
            isOn={props.isFinding}
            keys="Control+F Meta+F"
            onClick={onFind}
          />
        )}
        {(view === "json" || view === "xml" || view === "text") && (
          <Toggle icon={WrapText} label="Wrap" isOn={wrap} onClick={() => onWrap(!wrap)} />
        )}
        <CopyBodyButton
          bytes={bytes}
          contentType={contentType}
          binary={view === "hex" || view === "image"}
        />
        <DownloadButton bytes={bytes} url={props.downloadUrl} />
      </div>
    </div>
  );
}

const quiet = buttonClass({ variant: "quiet", size: "sm" });

type ToggleProps = {
  icon: LucideIcon;
  label: string;
  isOn: boolean;
  /** As aria-keyshortcuts has them. */
  keys?: string;
  onClick: () => void;
};

function Toggle({ icon: Icon, label, isOn, keys, onClick }: ToggleProps) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      aria-keyshortcuts={keys}
      onClick={onClick}
      className={clsx(quiet, "aria-pressed:text-accent")}
    >
      <Icon size={13} aria-hidden />
      <span className="max-sm:sr-only">{label}</span>
    </button>
  );
}

function DownloadButton({
  bytes,
  url,
}: {
  bytes: Uint8Array<ArrayBuffer>;
  url: string | undefined;
}) {
  const content = (
    <>
      <Download size={13} aria-hidden />
      <span className="max-sm:sr-only">Download</span>
    </>
  );
  if (url) {
    return (
      <a href={url} download className={quiet}>
        {content}
      </a>
    );
  }
  return (
    <button type="button" className={quiet} onClick={() => saveBytes(bytes, "body.bin")}>
      {content}
    </button>
  );
}
