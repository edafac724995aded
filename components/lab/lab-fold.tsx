"use client";

import { useState } from "react";
import { Disclosure } from "#components/body/disclosure.tsx";
import { Preparing } from "#components/body/preparing.tsx";
import { later } from "#components/ui/later.tsx";
import type { LabProps } from "./lab-panel.tsx";

const LabPanel = later(
  () => import("./lab-panel.tsx").then((module) => module.LabPanel),
  <Preparing label="Loading the experiments" />,
);

/** "Try your handler", folded; fetched when it is opened. One that runs goes on when it is folded again. */
export function LabFold(props: LabProps) {
  const [wasOpened, setOpened] = useState(false);
  return (
    <Disclosure summary="Try your handler" onToggle={(isOpen) => isOpen && setOpened(true)}>
      {wasOpened && <LabPanel {...props} />}
    </Disclosure>
  );
}
