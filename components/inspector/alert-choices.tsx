"use client";

import { useState } from "react";
import { MenuCheck } from "#components/ui/menu-items.tsx";
import { keepAlerts } from "./alerts.ts";
import { playBlip } from "./blip.ts";
import { useAlertChoice } from "./use-alerts.ts";

/** Menu items: what tells of arrivals outside the page. */
export function AlertChoices() {
  const { notify, sound } = useAlertChoice();
  const [isRefused, setRefused] = useState(false);

  async function setNotify(isOn: boolean) {
    if (!isOn) return keepAlerts({ notify: false });
    const answer = "Notification" in globalThis ? await Notification.requestPermission() : "denied";
    setRefused(answer !== "granted");
    keepAlerts({ notify: answer === "granted" });
  }

  function setSound(isOn: boolean) {
    keepAlerts({ sound: isOn });
    if (isOn) playBlip();
  }

  return (
    <>
      <MenuCheck checked={notify} onChange={(isOn) => void setNotify(isOn)}>
        Notify while away
      </MenuCheck>
      {isRefused && (
        <p role="alert" className="max-w-56 px-2 pb-1 text-xs text-warn">
          The browser does not allow it for this site. Its settings can change that.
        </p>
      )}
      <MenuCheck checked={sound} onChange={setSound}>
        Sound for new ones
      </MenuCheck>
    </>
  );
}
