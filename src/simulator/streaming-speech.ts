import { bytesPerMillisecond } from "./speech-format.ts";

const millisecondsPerCharacter = 50;
/** Text of one message, and text that waits: ten thousand characters are over eight minutes of speech. */
const mostCharacters = 10_000;
const defaultSchedule: readonly number[] = [120, 160, 250, 290];
/** Less text than this isn't spoken for `try_trigger_generation`, only for `flush`: the least that a schedule may ask for. */
const leastCharacters = 50;

interface Alignment {
  readonly chars: string[];
  readonly charStartTimesMs: number[];
  readonly charDurationsMs: number[];
}

export type SpeechMessage =
  | {
      readonly audio: string | null;
      readonly isFinal: true | null;
      readonly alignment?: Alignment | null;
      readonly normalizedAlignment?: Alignment | null;
    }
  | { readonly message: string; readonly error: string; readonly code: number };

export interface SpeechOutlet {
  say(message: SpeechMessage): void;
  close(code: number, reason: string): void;
}

export interface SpeechSession {
  /** `undefined` stands for a message that is no JSON object. */
  receive(message: Record<string, unknown> | undefined): void;
  /** Nothing was heard for too long. */
  idle(): void;
}

/** Says no in the provider's way: a message, then the close. */
export function endSpeech({ say, close }: SpeechOutlet, error: string, message: string): void {
  say({ message, error, code: 1008 });
  close(1008, error);
}

/**
 * A speech session after its token was accepted: text is gathered until there is enough of it by the schedule, or
 * until it is told to speak, and answered with as much silence as the text would take to say. The empty text ends it.
 */
export function streamingSpeech(query: URLSearchParams, outlet: SpeechOutlet): SpeechSession {
  const rate = bytesPerMillisecond(query.get("output_format") ?? "mp3_44100_128");
  if (rate === undefined) {
    endSpeech(outlet, "invalid_output_format", "There is no such output_format.");
    return { receive() {}, idle() {} };
  }
  let schedule = defaultSchedule;
  let spoken = 0;
  let waiting = "";

  const speak = (): void => {
    if (waiting.trim() === "") return;
    const alignment = align(waiting);
    const audio = Buffer.alloc(Math.ceil(waiting.length * millisecondsPerCharacter * rate)).toString(
      "base64",
    );
    outlet.say({ audio, isFinal: null, alignment, normalizedAlignment: alignment });
    waiting = "";
    spoken += 1;
  };

  return {
    receive(message) {
      const text = message?.["text"];
      if (typeof text !== "string" || text.length > mostCharacters)
        return endSpeech(
          outlet,
          "invalid_message",
          `A message is a JSON object with a string "text" of at most ${mostCharacters} characters.`,
        );
      schedule = scheduleOf(message?.["generation_config"]) ?? schedule;
      if (text === "") {
        speak();
        outlet.say({ audio: null, isFinal: true });
        outlet.close(1000, "");
        return;
      }
      // The first message is one blank, with the settings.
      if (text !== " ") waiting += text;
      const enough = schedule[Math.min(spoken, schedule.length - 1)] ?? 0;
      const isTried = message?.["try_trigger_generation"] === true && waiting.length >= leastCharacters;
      if (
        message?.["flush"] === true ||
        isTried ||
        waiting.length >= enough ||
        waiting.length > mostCharacters
      )
        speak();
    },
    idle() {
      endSpeech(outlet, "input_timeout_exceeded", "Nothing was sent for too long.");
    },
  };
}

function align(text: string): Alignment {
  const chars = Array.from(text);
  return {
    chars,
    charStartTimesMs: chars.map((_, at) => at * millisecondsPerCharacter),
    charDurationsMs: chars.map(() => millisecondsPerCharacter),
  };
}

/** A `chunk_length_schedule` of 50 to 500 characters each, as documented. */
function scheduleOf(config: unknown): readonly number[] | undefined {
  if (typeof config !== "object" || config === null || !("chunk_length_schedule" in config)) return undefined;
  const { chunk_length_schedule: lengths } = config;
  const isLength = (length: unknown): length is number =>
    typeof length === "number" && length >= leastCharacters && length <= 500;
  return Array.isArray(lengths) && lengths.length > 0 && lengths.every(isLength) ? lengths : undefined;
}
