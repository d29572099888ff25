/** The provider's addresses, by region. Production is the default. */
export const ElevenLabsEnvironment = {
  Production: "https://api.elevenlabs.io",
  ProductionUs: "https://api.us.elevenlabs.io",
  ProductionEu: "https://api.eu.residency.elevenlabs.io",
  ProductionIndia: "https://api.in.residency.elevenlabs.io",
  ProductionSingapore: "https://api.sg.residency.elevenlabs.io",
} as const;

export type ElevenLabsEnvironment = (typeof ElevenLabsEnvironment)[keyof typeof ElevenLabsEnvironment];
