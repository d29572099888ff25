/**
 * The two WebSocket addresses that take a single-use token, as the provider documents them: where the token stands
 * in the query, and which type of token opens the door.
 */
export interface TokenDoor {
  readonly service: "realtime-transcription" | "streaming-speech";
  readonly tokenType: string;
  readonly path: RegExp;
  readonly tokenParameter: string;
  /** Path and query that show this token, or none when it is empty; the voice stands only in paths that name one. */
  readonly url: (token: string, voiceId: string) => string;
}

/** Path and query of a request's target, which may be an absolute address (RFC 9112 §3.2.2). */
export function originForm(target: string): string {
  const rest = target.replace(/^https?:\/\/[^/?#]*/i, "");
  return rest.startsWith("/") ? rest : `/${rest}`;
}

export const tokenDoors: readonly TokenDoor[] = [
  {
    service: "realtime-transcription",
    tokenType: "realtime_scribe",
    path: /^\/v1\/speech-to-text\/realtime$/,
    tokenParameter: "token",
    url: (token) =>
      `/v1/speech-to-text/realtime?${new URLSearchParams({ model_id: "scribe_v2_realtime", ...(token && { token }) })}`,
  },
  {
    service: "streaming-speech",
    tokenType: "tts_websocket",
    path: /^\/v1\/text-to-speech\/[^/]+\/stream-input$/,
    tokenParameter: "single_use_token",
    url: (token, voiceId) =>
      `/v1/text-to-speech/${encodeURIComponent(voiceId)}/stream-input?${new URLSearchParams(token && { single_use_token: token })}`,
  },
];

export interface Knock {
  readonly door: TokenDoor;
  /** Empty when the query has none. */
  readonly token: string;
  readonly query: URLSearchParams;
}

/** Which door a request's path and query knock at; undefined when there is none. */
export function knockAt(url: string): Knock | undefined {
  const [path = "", search = ""] = originForm(url).split("?", 2);
  const door = tokenDoors.find((candidate) => candidate.path.test(path));
  if (!door) return undefined;
  const query = new URLSearchParams(search);
  return { door, token: query.get(door.tokenParameter) ?? "", query };
}
