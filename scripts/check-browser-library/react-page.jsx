import { useScribe } from "@elevenlabs/react";
import { useEffect } from "react";
import { createRoot } from "react-dom/client";

window.callbacks = [];
const tell = (name) => (data) =>
  window.callbacks.push(data?.text === undefined ? name : `${name}: ${data.text}`);

/** Shows nothing; the check drives it by what the hook gives. */
function Page({ baseUri }) {
  const scribe = useScribe({
    modelId: "scribe_v2_realtime",
    baseUri,
    onSessionStarted: tell("onSessionStarted"),
    onCommittedTranscript: tell("onCommittedTranscript"),
    onAuthError: tell("onAuthError"),
    onDisconnect: tell("onDisconnect"),
  });
  useEffect(() => {
    window.scribe = scribe;
  });
  return null;
}

window.mount = (baseUri) => createRoot(document.getElementById("root")).render(<Page baseUri={baseUri} />);
