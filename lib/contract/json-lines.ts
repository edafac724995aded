/** The values of an answer with one on each line, as they come. */
export async function* jsonLines({ body }: Response): AsyncGenerator<unknown> {
  const decoder = new TextDecoder();
  const reader = body?.getReader();
  let rest = "";
  for (;;) {
    const piece = await reader?.read();
    if (!piece || piece.done) return;
    const lines = (rest + decoder.decode(piece.value, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line !== "") yield JSON.parse(line);
  }
}
