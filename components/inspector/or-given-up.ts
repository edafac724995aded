/** An answer that was lost on its way never comes; a slow one takes seconds. Then a person may ask again. */
const GIVEN_UP_MS = 15_000;

/** A read of older rows ends with its page, or when it has taken too long. */
export const orGivenUp = (signal: AbortSignal): AbortSignal =>
  AbortSignal.any([signal, AbortSignal.timeout(GIVEN_UP_MS)]);
