import { ElevenLabsClient } from "elevenlabs-single-use-token";
import { movableClock, startSimulator } from "elevenlabs-single-use-token/simulator";

const clock = movableClock();
const simulator = await startSimulator({ clock });
const client = new ElevenLabsClient({ apiKey: "any", baseUrl: simulator.address });

const { token } = await client.tokens.singleUse.create("realtime_scribe");
clock.advance(15 * 60 * 1000); // every token so far has expired

const socket = new URL("/v1/speech-to-text/realtime", simulator.webSocketAddress);
socket.searchParams.set("model_id", "scribe_v2_realtime");
socket.searchParams.set("token", token); // a WebSocket to this address is told auth_error

simulator.switchFaults(["error-500-always"]); // and now the provider is down
await simulator.close();
