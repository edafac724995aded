import type { Metadata } from "next";
import { ShapesPage } from "#components/shapes/shapes-page.tsx";

export const metadata: Metadata = { title: "Shapes" };

export default async function Page({ params }: PageProps<"/b/[bin]/shape">) {
  const { bin } = await params;
  return <ShapesPage binId={bin} />;
}
