"use client";

import { ExternalLink } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { CopyBlock } from "#components/ui/copy-block.tsx";
import { Tab, TabList, TabPanel, Tabs } from "#components/ui/tabs.tsx";
import type { Bin } from "#lib/contract/bins.ts";
import { isOwnNetworkOnly, providerSteps } from "./provider-steps.ts";
import { SendTest } from "./send-test.tsx";

/** Three equal ways to a first payload. */
export function Ways({ bin, onSample }: { bin: Bin; onSample: () => void }) {
  return (
    <div className="grid gap-px overflow-hidden rounded-lg border border-line bg-line @3xl:grid-cols-3">
      <Way title="From a terminal">
        <CopyBlock text={`curl -d "hello=world" ${bin.url}`} label="Copy the curl line" />
        <p className="text-xs text-faint">
          Works in every shell. Any method, path and body will do.
        </p>
      </Way>
      <Way title="From this page">
        <SendTest bin={bin} />
        <p className="text-xs text-faint">Posts a small JSON body, as any sender would.</p>
        <Button aria-haspopup="dialog" className="self-start" onClick={onSample}>
          Send a sample
        </Button>
        <p className="text-xs text-faint">
          A signed event of Stripe, GitHub, Shopify or another, with fresh ids.
        </p>
      </Way>
      <Way title="From a provider">
        <ProviderTabs />
        {isOwnNetworkOnly(bin.url) && (
          <p className="text-xs text-warn">
            Providers can’t reach this address. Give the server a public one with PUBLIC_URL, behind
            a tunnel or a proxy.
          </p>
        )}
      </Way>
    </div>
  );
}

function ProviderTabs() {
  const [chosen, choose] = useState(providerSteps[0]?.id ?? "");
  return (
    <Tabs value={chosen} onChange={choose}>
      <TabList label="Provider" className="-mx-2.5 -mt-2 border-none">
        {providerSteps.map(({ id, name }) => (
          <Tab key={id} value={id}>
            {name}
          </Tab>
        ))}
      </TabList>
      {providerSteps.map((provider) => (
        <TabPanel key={provider.id} value={provider.id} className="pt-1">
          <ol className="list-decimal space-y-1 pl-4 text-muted marker:text-faint">
            {provider.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          <a
            href={provider.href}
            target="_blank"
            rel="noopener noreferrer"
            className="touch-target mt-2 inline-flex items-center gap-1 rounded-sm font-medium text-accent hover:underline"
          >
            Open {provider.name}
            <ExternalLink size={12} aria-hidden />
          </a>
        </TabPanel>
      ))}
    </Tabs>
  );
}

function Way({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex min-w-0 flex-col gap-3 bg-surface p-4">
      <h3 className="text-xs font-medium text-faint">{title}</h3>
      {children}
    </section>
  );
}
