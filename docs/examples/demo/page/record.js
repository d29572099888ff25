/**
 * Records the microphone as 16-bit PCM at 16 kHz, in chunks of an eighth of a second.
 *
 * @param {(pcm: Int16Array) => void} onAudio
 * @returns {Promise<() => void>} stops the recording
 */
export async function record(onAudio) {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { channelCount: 1, echoCancellation: true },
  });
  const context = new AudioContext({ sampleRate: 16000 });
  await context.audioWorklet.addModule(new URL("pcm-worklet.js", import.meta.url));
  const worklet = new AudioWorkletNode(context, "pcm");
  worklet.port.onmessage = ({ data }) => onAudio(data);
  context.createMediaStreamSource(stream).connect(worklet);

  return () => {
    worklet.port.onmessage = null;
    for (const track of stream.getTracks()) track.stop();
    context.close();
  };
}
