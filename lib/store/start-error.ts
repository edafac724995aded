/** Why the server can't start. The message is one line for the person at the terminal: what is wrong and what to do. */
export class StartError extends Error {
  override readonly name = "StartError";
}
