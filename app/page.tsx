import { Landing } from "#components/landing/landing.tsx";
import { runtime } from "#lib/runtime.ts";

export default function LandingPage() {
  return <Landing origin={runtime().config.publicUrl} />;
}
