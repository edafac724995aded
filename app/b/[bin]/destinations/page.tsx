import type { Metadata } from "next";
import { Destinations } from "#components/destinations/destinations.tsx";

export const metadata: Metadata = { title: "Destinations" };

export default async function DestinationsPage({ params }: PageProps<"/b/[bin]/destinations">) {
  const { bin } = await params;
  return <Destinations binId={bin} />;
}
