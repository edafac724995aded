"use client";

import { BinPage } from "#components/shell/bin-page.tsx";
import { AnswerForm } from "./answer-form.tsx";
import { GeneralForm } from "./general-form.tsx";
import { KeysSection } from "./keys-section.tsx";
import { LocalhostForm } from "./localhost-form.tsx";
import { RemovalSection } from "./removal-section.tsx";
import { SecretsSection } from "./secrets-section.tsx";
import { SharesSection } from "#components/shares/shares-section.tsx";
import { Section } from "./section.tsx";

/** The settings page of a bin. */
export function Settings({ binId }: { binId: string }) {
  return (
    <BinPage binId={binId} title="settings">
      {({ bin, api, onChanged, reload }) => (
        <>
          <Section id="general" title="General">
            <GeneralForm bin={bin} api={api} onChanged={onChanged} />
          </Section>
          <Section
            id="answer"
            title="Answer"
            intro="What senders get back once their request is stored. Every answer also carries a sandbox policy, since it is content of a sender on this host."
          >
            <AnswerForm bin={bin} api={api} onChanged={onChanged} />
          </Section>
          <Section
            id="localhost"
            title="Answer from localhost"
            intro="While a listener is connected, its code can answer the sender in place of the answer above."
          >
            <LocalhostForm bin={bin} api={api} onChanged={onChanged} />
          </Section>
          <Section
            id="secrets"
            title="Signing secrets"
            intro="With the secret that a provider signs with, each request says whether it is genuine. It is sealed, and never shown again."
          >
            <SecretsSection bin={bin} api={api} onChanged={onChanged} />
          </Section>
          <Section
            id="keys"
            title="Keys"
            intro="Who has a key, or a private link made of one, can read, change and delete everything in this bin."
          >
            <KeysSection bin={bin} api={api} />
          </Section>
          <Section
            id="shares"
            title="Shares"
            intro="Links by which others can look without a key, at all of it, at what matches a filter, or at one request. What you hide never leaves the server."
          >
            <SharesSection bin={bin} api={api} />
          </Section>
          <Section id="removal" title="Removal">
            <RemovalSection bin={bin} api={api} onCleared={reload} />
          </Section>
        </>
      )}
    </BinPage>
  );
}
