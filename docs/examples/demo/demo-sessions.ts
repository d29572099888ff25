import { randomUUID } from "node:crypto";
import { parse } from "hono/utils/cookie";

const cookieName = "session";

/** Who is signed in to the demo: names by session id, in memory. Your application has something better. */
export class DemoSessions {
  readonly #names = new Map<string, string>();

  /** A Set-Cookie header that no script can read and no other site can have sent. */
  signIn(name: string): string {
    const id = randomUUID();
    this.#names.set(id, name);
    return `${cookieName}=${id}; Path=/; HttpOnly; SameSite=Strict`;
  }

  /** Ends the request's session; a Set-Cookie header that has the browser forget it too. */
  signOut(request: Request): string {
    this.#names.delete(this.#idOf(request));
    return `${cookieName}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0`;
  }

  nameOf(request: Request): string | undefined {
    return this.#names.get(this.#idOf(request));
  }

  #idOf(request: Request): string {
    return parse(request.headers.get("cookie") ?? "", cookieName)[cookieName] ?? "";
  }
}
