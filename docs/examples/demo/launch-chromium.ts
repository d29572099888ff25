import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { findChromium } from "./find-chromium.ts";

const samplesPerSecond = 16_000;
const spokenSeconds = 1;
const silentSeconds = 3;

/**
 * A headless Chromium with a microphone that is always allowed and hears a second of tone, three of silence, and so on.
 *
 * @throws {Error} when there is no Chromium
 */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error("no Chromium was found; install one or set CHROMIUM_PATH");
  const folder = mkdtempSync(join(tmpdir(), "microphone-"));
  const recording = join(folder, "heard.wav");
  writeFileSync(recording, wave());
  const browser = await chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--use-fake-device-for-media-stream",
      "--use-fake-ui-for-media-stream",
      `--use-file-for-fake-audio-capture=${recording}`,
    ],
  });
  browser.on("disconnected", () => rmSync(folder, { recursive: true, force: true }));
  return browser;
}

/** 16-bit mono in a WAV file. */
function wave(): Buffer {
  const samples = samplesPerSecond * (spokenSeconds + silentSeconds);
  const file = Buffer.alloc(44 + 2 * samples);
  file.write("RIFF", 0);
  file.writeUInt32LE(36 + 2 * samples, 4);
  file.write("WAVEfmt ", 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(samplesPerSecond, 24);
  file.writeUInt32LE(2 * samplesPerSecond, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write("data", 36);
  file.writeUInt32LE(2 * samples, 40);
  for (let at = 0; at < samplesPerSecond * spokenSeconds; at += 1)
    file.writeInt16LE(
      Math.round(Math.sin((at * 2 * Math.PI * 440) / samplesPerSecond) * 16_000),
      44 + 2 * at,
    );
  return file;
}
