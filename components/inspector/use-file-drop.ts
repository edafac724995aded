"use client";

import { useEffect, useEffectEvent } from "react";

/** A file that is dropped anywhere on the page. Without this the browser would leave the page for it. */
export function useFileDrop(onFile: (file: File) => void): void {
  const drop = useEffectEvent(onFile);
  useEffect(() => {
    function onDrag(event: DragEvent) {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    }
    function onDrop(event: DragEvent) {
      const file = event.dataTransfer?.files[0];
      if (!file) return;
      event.preventDefault();
      drop(file);
    }
    addEventListener("dragover", onDrag);
    addEventListener("drop", onDrop);
    return () => {
      removeEventListener("dragover", onDrag);
      removeEventListener("drop", onDrop);
    };
  }, []);
}
