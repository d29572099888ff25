/** Stands for the sessions that your application has: names by session id. */
export const sessions = new Map<string, string>();

/** Who asks, by the session cookie; undefined when nobody is signed in. */
export function visitorOf(request: Request): string | undefined {
  const id = /(?:^|;\s*)session=([^;]+)/.exec(request.headers.get("cookie") ?? "")?.[1];
  return id === undefined ? undefined : sessions.get(id);
}
