/** How long work may hold the page before it lets others go first. Below the 50 ms of a long task, on a slow machine too. */
const HOLD_MS = 12;

/** A pause that lets the page draw and answer, but only once work has held it for some time. */
export function createPacer(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < HOLD_MS) return;
    await nextTask();
    since = performance.now();
  };
}

/** A message is not held back like a nested timeout, which browsers stretch to 4 ms. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
