const SECONDS = 0.16;

let context: AudioContext | null = null;

/** A short soft tone. Browsers stay silent until the page was clicked once. */
export function playBlip(): void {
  context ??= new AudioContext();
  if (context.state === "suspended") void context.resume();
  const start = context.currentTime;
  const tone = new OscillatorNode(context, { type: "sine", frequency: 740 });
  const volume = new GainNode(context, { gain: 0 });
  tone.frequency.exponentialRampToValueAtTime(990, start + SECONDS / 2);
  volume.gain.linearRampToValueAtTime(0.12, start + 0.012);
  volume.gain.exponentialRampToValueAtTime(0.0001, start + SECONDS);
  tone.connect(volume).connect(context.destination);
  tone.start(start);
  tone.stop(start + SECONDS);
}
