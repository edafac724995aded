import { PlainPage, yourBins } from "#components/shell/plain-page.tsx";

export default function NotFound() {
  return (
    <PlainPage title="Nothing is here" actions={yourBins}>
      This address belongs to no page. A bin’s page is at /b/ and its id; senders use /in/ and its
      id.
    </PlainPage>
  );
}
