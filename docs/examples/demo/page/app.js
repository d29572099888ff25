import { getToken } from "./get-token.js";
import { openTranscription } from "./open-transcription.js";
import { record } from "./record.js";

const tokenLifetimeSeconds = 15 * 60;
const element = (id) => document.getElementById(id);
const config = await (await fetch("config.json")).json();
element("provider").textContent = config.socketAddress;

let token;
let expiresAt = 0;
let session;
let stopRecording;
let committed;

function log(direction, text, failed = false) {
  element("wire").querySelector(".empty")?.remove();
  const item = document.createElement("li");
  const arrow = Object.assign(document.createElement("span"), {
    className: "direction",
    textContent: direction,
  });
  const what = Object.assign(document.createElement("span"), {
    className: failed ? "bad" : "",
    textContent: text,
  });
  item.append(arrow, what);
  element("wire").append(item);
}

function pill(id, state, text) {
  element(id).dataset.state = state;
  element(id).textContent = text;
}

/** Runs a step; what goes wrong stands beside it and in the log. */
async function attempt(problemId, step) {
  element(problemId).textContent = "";
  try {
    await step();
  } catch (error) {
    element(problemId).textContent = error.message;
    log("✗", error.message, true);
  }
}

function showVisitor(name) {
  element("sign-in").hidden = name !== null;
  element("signed-in").hidden = name === null;
  element("who").textContent = name ?? "";
}

async function askSession(method, body) {
  const response = await fetch("session", { method, ...(body && { body }) });
  log("→", `${method} /session`);
  log("←", `${response.status}`);
  return (await response.json()).name;
}

element("sign-in").addEventListener("submit", (event) => {
  event.preventDefault();
  const form = new URLSearchParams({ name: element("name").value });
  attempt("sign-in-problem", async () => showVisitor(await askSession("POST", form)));
});

element("sign-out").addEventListener("click", () => {
  attempt("sign-in-problem", async () => showVisitor(await askSession("DELETE")));
});

element("get-token").addEventListener("click", () => {
  attempt("token-problem", async () => {
    log("→", `POST ${config.tokenPath}  {"token_type":"realtime_scribe"}`);
    token = await getToken(config.tokenPath);
    log("←", `200  {"token":"${token.slice(0, 12)}…"}`);
    expiresAt = Date.now() + tokenLifetimeSeconds * 1000;
    element("token").textContent = `${token.slice(0, 12)}…`;
    element("token-facts").hidden = false;
    pill("token-state", "good", "fresh");
    element("open").disabled = false;
  });
});

element("open").addEventListener("click", () => {
  attempt("socket-problem", async () => {
    log("→", `WebSocket ${config.socketAddress}/v1/speech-to-text/realtime?token=${token.slice(0, 12)}…`);
    pill("token-state", "spent", "used");
    try {
      session = await openTranscription(config.socketAddress, token, showText, showProblem);
    } catch (error) {
      pill("socket-state", "bad", "refused");
      throw error;
    }
    log("←", "session_started");
    pill("socket-state", "good", "open");
    showControls(true);
    session.closed.then(({ code }) => {
      log("←", `closed (${code})`);
      pill("socket-state", "none", "closed");
      showControls(false);
    });
  });
});

element("tone").addEventListener("click", () => {
  const tone = Int16Array.from({ length: 16000 }, (_, i) => Math.sin((i * 2 * Math.PI * 440) / 16000) * 8000);
  log("→", "input_audio_chunk, 1 s of tone");
  session.sendAudio(tone, true);
});

element("microphone").addEventListener("click", () => {
  attempt("socket-problem", async () => {
    if (stopRecording) {
      stopMicrophone();
      session.sendAudio(new Int16Array(), true);
      return;
    }
    stopRecording = await record((pcm) => session.sendAudio(pcm));
    log("→", "input_audio_chunk, from the microphone …");
    element("microphone").textContent = "Stop the microphone";
  });
});

element("close").addEventListener("click", () => session.close());

function stopMicrophone() {
  stopRecording?.();
  stopRecording = undefined;
  element("microphone").textContent = "Use the microphone";
}

function showControls(open) {
  if (!open) stopMicrophone();
  element("open").disabled = open;
  for (const id of ["tone", "microphone", "close"]) element(id).disabled = !open;
}

function showProblem(sentence) {
  element("socket-problem").textContent = sentence;
  log("←", sentence, true);
}

function showText(text, final) {
  // After each commit the same text comes once more as a partial.
  if (!final && text === committed) return;
  committed = final ? text : undefined;
  const transcript = element("transcript");
  transcript.querySelector(".partial")?.remove();
  const line = document.createElement("div");
  line.className = final ? "final" : "partial";
  line.textContent = text;
  transcript.append(line);
  if (final) log("←", `committed_transcript  ${text}`);
}

setInterval(() => {
  const seconds = Math.max(0, Math.ceil((expiresAt - Date.now()) / 1000));
  const fresh = element("token-state").dataset.state === "good";
  if (fresh && seconds === 0) pill("token-state", "spent", "expired");
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  element("expires").textContent = fresh ? clock : "—";
}, 250);

showVisitor((await (await fetch("session")).json()).name);
// Until here nobody listened to the buttons.
document.querySelector("main").inert = false;
