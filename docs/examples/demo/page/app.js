import { getToken } from "./get-token.js";
import { openTranscription } from "./open-transcription.js";

const element = (id) => document.getElementById(id);
const config = await (await fetch("config.json")).json();
element("provider").textContent = config.socketAddress;

let token;
let connection;
let partial;

const microphone = {
  commitStrategy: "vad",
  // Served by ourselves, so that the page needs no script from a blob: in its Content-Security-Policy.
  microphone: { workletPaths: { scribeAudioProcessor: "scribe-audio-processor.js" } },
};
const tone = { audioFormat: "pcm_16000", sampleRate: 16000 };

function log(direction, text, isBad = false) {
  element("wire").querySelector(".empty")?.remove();
  const item = document.createElement("li");
  const arrow = Object.assign(document.createElement("span"), {
    className: "direction",
    textContent: direction,
  });
  const what = Object.assign(document.createElement("span"), {
    className: isBad ? "bad" : "",
    textContent: text,
  });
  item.append(arrow, what);
  element("wire").append(item);
}

function pill(id, state, text) {
  element(id).dataset.state = state;
  element(id).textContent = text;
}

function showProblem(id, sentence) {
  element(id).textContent = sentence;
  log("✗", sentence, true);
}

function showVisitor(name) {
  element("sign-in").hidden = name !== null;
  element("signed-in").hidden = name === null;
  element("who").textContent = name ?? "";
}

async function askSession(method, body) {
  element("sign-in-problem").textContent = "";
  log("→", `${method} /session`);
  try {
    const response = await fetch("session", { method, ...(body && { body }) });
    log("←", `${response.status}`);
    showVisitor((await response.json()).name);
  } catch {
    showProblem("sign-in-problem", "The server of this page gave no answer.");
  }
}

element("sign-in").addEventListener("submit", (event) => {
  event.preventDefault();
  askSession("POST", new URLSearchParams({ name: element("name").value }));
});
element("sign-out").addEventListener("click", () => askSession("DELETE"));

/** A new token from the endpoint, shown as far as it is nobody's secret. */
async function newToken() {
  log("→", `POST ${config.tokenPath}  {"token_type":"realtime_scribe"}`);
  token = await getToken(config.tokenPath);
  log("←", `200  {"token":"${shortened(token)}"}`);
  element("token").textContent = shortened(token);
  element("token-facts").hidden = false;
  pill("token-state", "good", "fresh");
  return token;
}

const shortened = (text) => `${text.slice(0, 12)}…`;

async function connect(audio, source = newToken) {
  element("problem").textContent = "";
  showControls("connecting");
  let isAccepted = false;
  let isRefused = false;
  try {
    const options = { ...audio, baseUri: config.socketAddress };
    connection = await openTranscription(source, options, {
      onStart() {
        isAccepted = true;
        log("←", "session_started");
        showControls("open");
        if (audio === tone) sendTone();
      },
      onText: showText,
      onError(sentence) {
        isRefused = !isAccepted;
        showProblem("problem", sentence);
      },
      onEnd() {
        log("←", "closed");
        showControls(isRefused ? "refused" : "closed");
      },
    });
    log("→", `WebSocket ${config.socketAddress}/v1/speech-to-text/realtime?token=${shortened(token)}`);
    pill("token-state", "spent", "used");
  } catch (error) {
    showProblem("problem", error.message);
    showControls("closed");
  }
}

function sendTone() {
  const samples = Int16Array.from(
    { length: 16000 },
    (_, i) => Math.sin((i * 2 * Math.PI * 440) / 16000) * 8000,
  );
  const bytes = Array.from(new Uint8Array(samples.buffer), (byte) => String.fromCharCode(byte));
  log("→", "input_audio_chunk, 1 s of tone");
  connection.send({ audioBase64: btoa(bytes.join("")) });
  connection.commit();
}

const states = { closed: "none", connecting: "none", open: "good", refused: "bad" };

function showControls(state) {
  const isIdle = state === "closed" || state === "refused";
  pill("socket-state", states[state], state);
  for (const id of ["microphone", "tone"]) element(id).disabled = !isIdle;
  element("again").disabled = !isIdle || token === undefined;
  element("close").disabled = state !== "open";
}

element("microphone").addEventListener("click", () => connect(microphone));
element("tone").addEventListener("click", () => connect(tone));
element("again").addEventListener("click", () => connect(tone, async () => token));
element("close").addEventListener("click", () => connection.close());

function showText(text, isFinal) {
  partial?.remove();
  partial = document.createElement("div");
  partial.className = isFinal ? "final" : "partial";
  partial.textContent = text;
  element("transcript").append(partial);
  if (!isFinal) return;
  partial = undefined;
  log("←", `committed_transcript  ${text}`);
}

showVisitor((await (await fetch("session")).json()).name);
// Until here nobody listened to the buttons.
document.querySelector("main").inert = false;
