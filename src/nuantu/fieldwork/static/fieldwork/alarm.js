// @ts-check
/** What a hand in a glove and an ear under a hood notice: a tone, and the phone shaking. */

/** @type {AudioContext | null} */
let sound = null;

/** A browser gives sound only after somebody touched the page. */
export function allowSound() {
  sound ||= "AudioContext" in window ? new AudioContext() : null;
  sound?.resume().catch(() => undefined);
}

/** @param {number} times how often; whoever listens on the page hears of it too */
export function ring(times) {
  document.dispatchEvent(new CustomEvent("nuantu:ring", { detail: { times, sounds: sound?.state === "running" } }));
  navigator.vibrate?.(Array.from({ length: times * 2 - 1 }, (_none, at) => (at % 2 ? 200 : 400)));
  if (sound?.state !== "running") return;
  for (let at = 0; at < times; at += 1) {
    const tone = sound.createOscillator();
    tone.frequency.value = 880;
    tone.connect(sound.destination);
    tone.start(sound.currentTime + at * 0.6);
    tone.stop(sound.currentTime + at * 0.6 + 0.35);
  }
}
