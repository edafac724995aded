"use client";

import { createContext } from "react";

/** What the list is filtered by: marked wherever it stands in what is shown of a request. */
export const FilterWords = createContext<readonly string[]>([]);

export const noWords: readonly string[] = [];
