import { HooklensError, type ProblemCode } from "../errors.ts";

const RETRY_AFTER_SECONDS = 5;

/**
 * So many at once of what takes long and holds memory, and of one bin's at most a few: the next one is refused. Whoever
 * takes a seat leaves it by the function that it gets, which may be called twice. @throws no_room
 */
export function createSeats(
  { inAll, perBin }: { inAll: number; perBin: number },
  detail: string,
  code: ProblemCode = "no_room",
): (binId: string) => () => void {
  const taken: string[] = [];
  return (binId) => {
    const ofBin = taken.filter((id) => id === binId).length;
    if (taken.length >= inAll || ofBin >= perBin) {
      throw new HooklensError(code, detail, { retryAfterSeconds: RETRY_AFTER_SECONDS });
    }
    taken.push(binId);
    let isHeld = true;
    return () => {
      if (isHeld) taken.splice(taken.indexOf(binId), 1);
      isHeld = false;
    };
  };
}
