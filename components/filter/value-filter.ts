"use client";

import { createContext } from "react";
import type { SeenValue } from "#lib/search/compose.ts";

/** A value on the screen; `text` is what is copied. */
export type ShownValue = { seen: SeenValue; text: string };

/** Opens what can be done with a value, beside the element that it was asked at. */
export type OpenValueMenu = (anchor: HTMLElement, value: ShownValue) => void;

/** Null where there is no list to filter. */
export const ValueFilterContext = createContext<OpenValueMenu | null>(null);

/** How the body is looked at by a search, so that its values lead there; null: they are not looked at. */
export type BodyReading = "json" | "form" | null;
export const BodyReadingContext = createContext<BodyReading>(null);
