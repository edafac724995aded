import type { Metadata } from "next";
import { Scenarios } from "#components/scenarios/scenarios.tsx";

export const metadata: Metadata = { title: "Scenarios" };

export default async function ScenariosPage({ params }: PageProps<"/b/[bin]/scenarios">) {
  const { bin } = await params;
  return <Scenarios binId={bin} />;
}
