import { Toggle } from "@base-ui/react/toggle";
import { ToggleGroup } from "@base-ui/react/toggle-group";
import { clsx } from "clsx";
import { Download, Search, WrapText } from "lucide-react";
import { buttonClass } from "#components/ui/button.tsx";
import { Size } from "#components/ui/size.tsx";
import { CopyBodyButton } from "./copy-body-button.tsx";
import type { ViewKind } from "./pick-view.ts";
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
      <ViewSwitch {...props} />
      <Size bytes={bytes.length} className="text-xs text-muted max-sm:hidden" />
      <div className="ml-auto flex items-center">
        {onFind && (
          <Toggle
            pressed={props.isFinding}
            onPressedChange={onFind}
            aria-keyshortcuts="Control+F Meta+F"
            className={clsx(quiet, "data-pressed:text-accent")}
          >
            <Search size={13} aria-hidden />
            <span className="max-sm:sr-only">Find</span>
          </Toggle>
        )}
        {(view === "json" || view === "xml" || view === "text") && (
          <Toggle
            pressed={wrap}
            onPressedChange={onWrap}
            className={clsx(quiet, "data-pressed:text-accent")}
          >
            <WrapText size={13} aria-hidden />
            <span className="max-sm:sr-only">Wrap</span>
          </Toggle>
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

function ViewSwitch({ views, view, onView }: Pick<BodyToolbarProps, "views" | "view" | "onView">) {
  return (
    <ToggleGroup
      aria-label="Show the body as"
      value={[view]}
      onValueChange={([next]) => next && onView(next as ViewKind)}
      className="flex rounded-md bg-sunken p-0.5"
    >
      {views.map((kind) => (
        <Toggle
          key={kind}
          value={kind}
          className="touch-target h-6 cursor-pointer rounded-sm px-2.5 text-xs text-muted hover:text-ink data-pressed:bg-raised data-pressed:font-medium data-pressed:text-ink data-pressed:shadow-[0_0_0_1px_var(--color-line)]"
        >
          {names[kind]}
        </Toggle>
      ))}
    </ToggleGroup>
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
