/** @type {import("next").NextConfig} */
export default {
  reactStrictMode: true,
  poweredByHeader: false,
  typedRoutes: false,
  // `npm run check` is the type gate; `npm start` on a user's machine only builds.
  typescript: { ignoreBuildErrors: true },
  // Clients of the API get 404/405 as problem+json, never a redirect to another spelling of the path.
  skipTrailingSlashRedirect: true,
  turbopack: {
    rules: {
      // Live sockets are WebSockets from their first byte.
      "**/engine.io-client/build/esm/transports/{polling-fetch,polling-xhr,webtransport}.js": {
        loaders: ["./lib/build/without-transport.mjs"],
      },
    },
  },
  serverExternalPackages: ["socket.io", "pg", "pino"],
};
