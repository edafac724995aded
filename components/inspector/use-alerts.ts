"use client";

import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { plainName } from "#components/ui/plain-name.ts";
import type { Bin } from "#lib/contract/bins.ts";
import { type Alerts, alertText, pageTitle, readAlerts, subscribeAlerts } from "./alerts.ts";
import { playBlip } from "./blip.ts";
import type { Feed } from "./feed.ts";
import { countAbove } from "./shown.ts";

/** A flood is one notification and one tone. */
const EVERY_MS = 2_000;

export function useAlertChoice(): Alerts {
  return useSyncExternalStore(subscribeAlerts, readAlerts, () => ({ notify: false, sound: false }));
}

/** Tells of arrivals outside the page: in its title, by a notification, by a tone. */
export function useAlerts(bin: Bin, { items }: Feed): void {
  const isLookedAt = useLookedAt();
  const top = items[0]?.seq ?? 0;
  const seen = useRef(top);
  if (isLookedAt) seen.current = top;
  const unseen = countAbove(items, seen.current);
  const title = pageTitle(bin.name, unseen);
  useEffect(() => {
    document.title = title;
  }, [title]);

  const { notify, sound } = useAlertChoice();
  const told = useRef({ seq: top, at: 0 });
  const newest = items[0];
  useEffect(() => {
    if (!newest || newest.seq <= told.current.seq) return;
    const wait = Math.max(0, told.current.at + EVERY_MS - Date.now());
    const timer = setTimeout(() => {
      const count = newest.seq - told.current.seq;
      told.current = { seq: newest.seq, at: Date.now() };
      if (sound) playBlip();
      if (notify && !isLookedAt) notifyOf(bin, alertText(newest, count));
    }, wait);
    return () => clearTimeout(timer);
  }, [bin, newest, notify, sound, isLookedAt]);
}

function notifyOf(bin: Bin, body: string): void {
  if (!("Notification" in globalThis) || Notification.permission !== "granted") return;
  try {
    // The same tag: a later one takes the place of the one before.
    const notification = new Notification(plainName(bin.name ?? "Unnamed bin"), {
      body,
      tag: bin.id,
    });
    notification.onclick = () => {
      window.focus();
      notification.close();
    };
  } catch {
    // Chrome on Android only takes them from a service worker; the title still tells.
  }
}

function useLookedAt(): boolean {
  const [isLookedAt, setLookedAt] = useState(true);
  useEffect(() => {
    const look = () => setLookedAt(document.visibilityState === "visible");
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  return isLookedAt;
}
