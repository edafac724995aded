"use client";

import { Preparing } from "#components/body/preparing.tsx";
import { later } from "#components/ui/later.tsx";

/** The decoded view is loaded when the first value is opened. */
export const LaterSteps = later(
  () => import("./decoded-steps.tsx").then((module) => module.DecodedSteps),
  <Preparing label="Loading the decoded view" />,
);
