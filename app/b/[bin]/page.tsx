import type { Metadata } from "next";
import { Inspector } from "#components/inspector/inspector.tsx";

export const metadata: Metadata = { title: "Bin" };

export default async function BinPage({ params }: PageProps<"/b/[bin]">) {
  const { bin } = await params;
  return <Inspector binId={bin} />;
}
