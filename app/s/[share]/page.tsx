import type { Metadata } from "next";
import { SharedPage } from "#components/shares/shared-page.tsx";

export const metadata: Metadata = { title: "Shared requests" };

export default async function SharePage({ params }: PageProps<"/s/[share]">) {
  const { share } = await params;
  return <SharedPage shareId={share} />;
}
