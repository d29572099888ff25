import { startSimulator } from "elevenlabs-single-use-token/simulator";

const { address } = await startSimulator({ port: 4020 });
console.log(`The simulated provider is at ${address}`);
