import "@fontsource-variable/geist/index.css";
import "@fontsource-variable/geist-mono/index.css";
import "./globals.css";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { runtime } from "#lib/runtime.ts";
import { WithoutScript } from "#components/shell/without-script.tsx";

// A page that is built ahead has no request, hence no nonce, and the policy would stop its scripts.
export const dynamic = "force-dynamic";

export const metadata: Metadata = {
  title: { default: "Hooklens", template: "%s · Hooklens" },
  description:
    "See every byte of every webhook the moment it arrives, and forward it to your code.",
  // A private link must not leak through the address that other sites see.
  referrer: "no-referrer",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f7f8f9" },
    { media: "(prefers-color-scheme: dark)", color: "#0d0e11" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const policy = (await headers()).get("content-security-policy");
  const nonce = policy ? /'nonce-([^']+)'/.exec(policy)?.[1] : undefined;
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        {/* Browsers hide a nonce from scripts, so hydration sees an empty one. */}
        <script src="/theme.js" nonce={nonce} suppressHydrationWarning />
      </head>
      <body>
        <WithoutScript origin={runtime().config.publicUrl} />
        {children}
      </body>
    </html>
  );
}
