import { ElevenLabsClient } from "elevenlabs-single-use-token";

export async function mint() {
  const client = new ElevenLabsClient({ baseUrl: process.env.PROVIDER });
  return (await client.tokens.singleUse.create("realtime_scribe")).token;
}
