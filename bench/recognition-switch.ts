/** To be imported ahead of the server: captures then look at who sent them, or do not, as SIGUSR2 turns it. */
import { registerHooks } from "node:module";

const SWITCHED = new URL("switched-recognise.ts", import.meta.url).href;

registerHooks({
  resolve(specifier, context, next) {
    const isCapture = context.parentURL?.endsWith("/lib/capture/handler.ts");
    if (!isCapture || !specifier.endsWith("/recognise.ts")) return next(specifier, context);
    return { url: SWITCHED, shortCircuit: true };
  },
});
