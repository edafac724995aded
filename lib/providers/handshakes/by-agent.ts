import { empty, type Row } from "./row.ts";

/** Told by what a GET's User-Agent begins with. */
export const byAgent: [beginning: string, Row][] = [
  [
    "MailChimp.com WebHook Validator",
    {
      // mailchimp.com/developer/marketing/guides/sync-audience-data-webhooks: any 200 will do
      id: "mailchimp",
      answer: () => empty,
    },
  ],
];
