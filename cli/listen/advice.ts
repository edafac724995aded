import { existsSync } from "node:fs";
import { type Advice, serverAdvice } from "#lib/forward/failure.ts";
import { loopbackAddresses } from "#lib/forward/localhost.ts";

/** Docker's and Podman's own marks in the root of a container. */
const isInContainer = existsSync("/.dockerenv") || existsSync("/run/.containerenv");

const OUTSIDE =
  "host.docker.internal is the machine outside (on Linux, start the container with --add-host=host.docker.internal:host-gateway).";

/** What to do about a failure on the developer's own machine. */
export const localAdvice: Advice = {
  certificate:
    "--insecure takes any certificate; NODE_EXTRA_CA_CERTS=your-ca.pem makes this one known.",
  resolver: "Is this machine online?",
  unknownHost: adviseHost,
  refused: ({ host, port }) => {
    const local = loopbackAddresses(host) !== null;
    if (local && isInContainer)
      return `In this container localhost is the container itself: ${OUTSIDE}`;
    return local
      ? `Is your server running on port ${port}?`
      : "Is the host right, and does it listen there?";
  },
  slow: "Stopped at a breakpoint? --timeout 10m waits longer, --timeout 0 for ever.",
};

/** The same where there are no such flags. */
export const flaglessAdvice: Advice = {
  ...localAdvice,
  certificate: "NODE_EXTRA_CA_CERTS=your-ca.pem makes this one known.",
  slow: serverAdvice.slow,
};

function adviseHost(host: string): string {
  if (
    /^(host\.docker\.internal|gateway\.docker\.internal|host\.containers\.internal)\.?$/i.test(host)
  ) {
    return isInContainer
      ? "On Linux, start this container with --add-host=host.docker.internal:host-gateway."
      : "That name exists inside containers only: from this machine it is localhost.";
  }
  if (!host.includes(".")) {
    return "A service's name in Docker Compose is known inside its network only: publish its port and use localhost.";
  }
  return "Check the spelling.";
}
