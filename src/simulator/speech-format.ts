/**
 * Bytes of silence for each millisecond in the given `output_format`, such as `pcm_16000`, `ulaw_8000` or
 * `mp3_44100_128`; `undefined` when there is no such format.
 */
export function bytesPerMillisecond(format: string): number | undefined {
  const [codec = "", rate = "", kilobits = ""] = format.split("_");
  if (!formats.has(format)) return undefined;
  if (codec === "pcm") return (Number(rate) * 2) / 1000;
  return kilobits === "" ? Number(rate) / 1000 : Number(kilobits) / 8;
}

const formats: ReadonlySet<string> = new Set([
  "mp3_22050_32",
  "mp3_44100_32",
  "mp3_44100_64",
  "mp3_44100_96",
  "mp3_44100_128",
  "mp3_44100_192",
  "pcm_8000",
  "pcm_16000",
  "pcm_22050",
  "pcm_24000",
  "pcm_44100",
  "pcm_48000",
  "ulaw_8000",
  "alaw_8000",
  "opus_48000_32",
  "opus_48000_64",
  "opus_48000_96",
  "opus_48000_128",
  "opus_48000_192",
]);
