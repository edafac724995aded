import { HooklensError } from "../errors.ts";

export const noSecretKey = () =>
  new HooklensError(
    "no_secret_key",
    "Secrets are kept sealed only. Whoever runs this server sets SECRET_KEY, for instance to what `openssl rand -base64 32` prints, and starts it again.",
  );
