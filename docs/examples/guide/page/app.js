import { getToken } from "./get-token.js";
import { openTranscription } from "./open-transcription.js";

const element = (id) => document.getElementById(id);
const { baseUri } = await (await fetch("config.json")).json();
let connection;
let partial;

function showState(state) {
  element("state").textContent = state;
  element("start").disabled = state !== "closed";
  element("stop").disabled = state !== "open";
}

function showText(text, isFinal) {
  partial?.remove();
  partial = Object.assign(document.createElement("p"), {
    className: isFinal ? "" : "partial",
    textContent: text,
  });
  element("transcript").append(partial);
  if (isFinal) partial = undefined;
}

function showProblem(sentence) {
  element("problem").textContent = sentence;
}

element("sign-in").addEventListener("submit", async (event) => {
  event.preventDefault();
  await fetch("session", { method: "POST", body: new URLSearchParams(new FormData(event.target)) });
  element("sign-in").hidden = true;
  showState("closed");
});

element("start").addEventListener("click", async () => {
  showProblem("");
  showState("connecting");
  const audio = {
    baseUri,
    // Commits at each pause, which is what a microphone needs.
    commitStrategy: "vad",
    microphone: { workletPaths: { scribeAudioProcessor: "scribe-audio-processor.js" } },
  };
  try {
    connection = await openTranscription(() => getToken("/api/single-use-token"), audio, {
      onStart: () => showState("open"),
      onText: showText,
      onError: showProblem,
      onEnd: () => showState("closed"),
    });
  } catch (error) {
    showProblem(error.message);
    showState("closed");
  }
});

element("stop").addEventListener("click", () => connection.close());
