import type { Metadata } from "next";
import { Resends } from "#components/resends/resends.tsx";

export const metadata: Metadata = { title: "Resends" };

export default async function ResendsPage({ params }: PageProps<"/b/[bin]/resends">) {
  const { bin } = await params;
  return <Resends binId={bin} />;
}
