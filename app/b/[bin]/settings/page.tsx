import type { Metadata } from "next";
import { Settings } from "#components/settings/settings.tsx";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage({ params }: PageProps<"/b/[bin]/settings">) {
  const { bin } = await params;
  return <Settings binId={bin} />;
}
