"use client";

import { Notice } from "#components/ui/notice.tsx";
import { obstacleHere, obstacleWords } from "./obstacle.ts";
import type { Permission } from "./permission.ts";

/** Whether this page may reach the person's own machine, and what to do where it may not. */
export function Standing({ permission }: { permission: Permission | null }) {
  const obstacle = obstacleHere();
  if (obstacle) return <Notice tone="warn">{obstacleWords[obstacle]}</Notice>;
  if (permission === "prompt") {
    return (
      <Notice>
        The browser will ask whether this site may reach apps on this device. Without a yes nothing
        is sent.
      </Notice>
    );
  }
  if (permission === "denied") {
    return (
      <Notice tone="warn">
        This site may not reach apps on this device, so nothing would arrive. Allow it in the site’s
        settings, by the icon beside the address; this line changes when you have.
      </Notice>
    );
  }
  return permission === "granted" ? (
    <p className="text-xs text-muted">This site may reach apps on this device.</p>
  ) : null;
}
