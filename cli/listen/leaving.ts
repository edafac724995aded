/** Ctrl-C, the end of the terminal, and what service managers send. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Calls `leave` at the first of these signals and `now` at any later one. Answers how to stop listening for them. */
export function onLeave(leave: () => void, now: () => void): () => void {
  let isLeaving = false;
  const take = () => {
    if (isLeaving) return now();
    isLeaving = true;
    leave();
  };
  for (const signal of SIGNALS) process.on(signal, take);
  return () => {
    for (const signal of SIGNALS) process.off(signal, take);
  };
}
