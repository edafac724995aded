/** To be imported ahead of the server: captures are then taken without a look at who sent them. */
import { registerHooks } from "node:module";

const NOBODY = "data:text/javascript,export const recognise = () => null;";

registerHooks({
  resolve(specifier, context, next) {
    const isCapture = context.parentURL?.endsWith("/lib/capture/handler.ts");
    if (!isCapture || !specifier.endsWith("/recognise.ts")) return next(specifier, context);
    return { url: NOBODY, shortCircuit: true };
  },
});
