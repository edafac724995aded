"use client";

import { useCallback, useEffect, useState } from "react";
import { LoadState } from "#components/load/load-state.tsx";
import { useLoad } from "#components/load/use-load.ts";
import { formatCount } from "#components/ui/format.ts";
import { Tab, TabList, TabPanel, Tabs } from "#components/ui/tabs.tsx";
import type { ShapeSource, ShapeView } from "#lib/contract/shapes.ts";
import type { ShapesClient } from "#lib/contract/shapes-client.ts";
import { BrokenList } from "./broken-list.tsx";
import { ShapeTree } from "./shape-tree.tsx";
import { skippedWords } from "./shape-words.ts";
import { WrittenShape } from "./written-shape.tsx";

const tabs = ["Fields", "TypeScript", "zod", "JSON Schema", "Differences"] as const;
type ShapeTab = (typeof tabs)[number];

/** While older samples are still looked at. */
const AGAIN_MS = 300;

type EventShapeProps = { binId: string; client: ShapesClient; source: ShapeSource };

export function EventShape({ binId, client, source }: EventShapeProps) {
  const [tab, setTab] = useState<ShapeTab>("Fields");
  const load = useCallback((signal: AbortSignal) => client.shape(source, signal), [client, source]);
  const loaded = useLoad(load);
  const [later, setLater] = useState<ShapeView | null>(null);
  const view = later ?? (loaded.kind === "ready" ? loaded.result : null);
  const pending = view?.pending ?? 0;
  useEffect(() => {
    if (pending === 0) return;
    const controller = new AbortController();
    const timer = setTimeout(
      () => void load(controller.signal).then(setLater, () => undefined),
      AGAIN_MS,
    );
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
    // What is pending may be as much as before when others had their turn.
  }, [load, pending, later]);
  return (
    <LoadState loaded={view ? { kind: "ready", result: view } : loaded} what="the shape">
      {(ready) => (
        <>
          <header className="border-b border-line px-4 pt-3 pb-2">
            <h2 className="truncate font-semibold" title={ready.title}>
              {ready.title}
            </h2>
            <p role="status" className="text-xs text-muted">
              {facts(ready)}
            </p>
          </header>
          <Tabs value={tab} onChange={setTab} className="flex min-h-0 flex-1 flex-col">
            <TabList label="Views of the shape" className="shrink-0 px-2">
              {tabs.map((name) => (
                <Tab key={name} value={name}>
                  {name}
                  {name === "Differences" && ready.broken.length > 0 && (
                    <span className="text-2xs text-faint">{ready.broken.length}</span>
                  )}
                </Tab>
              ))}
            </TabList>
            <TabPanel value="Fields" className="min-h-0 flex-1 overflow-auto">
              <ShapeTree shape={ready.shape} />
            </TabPanel>
            <TabPanel value="TypeScript" className="min-h-0 flex-1 overflow-auto">
              <WrittenShape client={client} view={ready} format="typescript" title="TypeScript" />
            </TabPanel>
            <TabPanel value="zod" className="min-h-0 flex-1 overflow-auto">
              <WrittenShape client={client} view={ready} format="zod" title="zod" />
            </TabPanel>
            <TabPanel value="JSON Schema" className="min-h-0 flex-1 overflow-auto">
              <WrittenShape client={client} view={ready} format="json-schema" title="JSON Schema" />
            </TabPanel>
            <TabPanel value="Differences" className="min-h-0 flex-1 overflow-auto">
              <BrokenList binId={binId} broken={ready.broken} />
            </TabPanel>
          </Tabs>
        </>
      )}
    </LoadState>
  );
}

/** What the shape is made of, and what it is not. */
function facts({ shape, leftOut, pending, skipped, levels }: ShapeView): string {
  const { samples } = shape;
  const left = skippedWords(skipped);
  return [
    `${formatCount(samples)} ${samples === 1 ? "sample" : "samples"}`,
    pending > 0 && `${formatCount(pending)} still to be looked at`,
    leftOut > 0 && `${formatCount(leftOut)} older ones not looked at`,
    left !== "" && `not counted: ${left}`,
    levels !== null && `only ${levels} levels deep, since it has very many fields`,
  ]
    .filter((words) => words !== false)
    .join(" · ");
}
