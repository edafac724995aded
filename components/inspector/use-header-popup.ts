import { useCallback, useState } from "react";
import type { HeaderPopup } from "./bin-header.tsx";
import { useFileDrop } from "./use-file-drop.ts";

/** What the header has open. A file that is dropped on the page opens the import with it. */
export function useHeaderPopup() {
  const [popup, setPopup] = useState<HeaderPopup>(null);
  const [dropped, setDropped] = useState<File | null>(null);
  useFileDrop((file) => {
    setDropped(file);
    setPopup("import");
  });
  const show = useCallback((shown: HeaderPopup) => {
    setDropped(null);
    setPopup(shown);
  }, []);
  return { popup, dropped, show };
}
