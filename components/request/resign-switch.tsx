import { Switch } from "#components/ui/switch.tsx";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import type { Resigning } from "#lib/signatures/resigning.ts";
import type { useResigning } from "./use-resigning.ts";

type ResignSwitchProps = {
  resigning: ReturnType<typeof useResigning>;
  provider: CapturedRequest["provider"];
  isViaListener: boolean;
};

/** Whether the request is signed anew, with what that changes; nothing where it can't be. */
export function ResignSwitch({ resigning, provider, isViaListener }: ResignSwitchProps) {
  const { how, isOn } = resigning;
  if (!how || !provider) return null;
  if (how.isForUrl && isViaListener) {
    return (
      <p className="text-xs text-muted">
        {provider.name} signs the URL too, which only the listener knows: to sign again, run it with{" "}
        <code>--resign</code>.
      </p>
    );
  }
  return (
    <div className="flex flex-col gap-1">
      <Switch checked={isOn} onChange={(next) => resigning.set(next)}>
        <span className="text-xs">Sign again</span>
      </Switch>
      {isOn && <p className="text-xs text-muted">{words(provider.name, how)}</p>}
    </div>
  );
}

function words(name: string, { hasFreshTime, isForUrl, changesBody, keeps }: Resigning): string {
  const parts = [
    hasFreshTime && "with the time of sending",
    isForUrl && "for the URL that it goes to",
    keeps.length > 0 && "with the same ids",
  ].filter((part) => part !== false);
  const how = parts.length > 0 ? `, ${parts.join(", ")}` : "";
  return `As ${name} would sign it now${how}${changesBody ? "; the signature stands in the body" : ""}.`;
}
