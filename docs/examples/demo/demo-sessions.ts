import { randomUUID } from "node:crypto";
import { parse } from "hono/utils/cookie";

const cookieName = "session";

interface DemoVisitor {
  /** Of the visitor's own choice: shown, and trusted for nothing. */
  readonly name: string;
  /** Where the visitor signed in from, which nobody chooses: the limit of tokens counts by it. */
  readonly address: string;
}

/** More sessions than these end the oldest: signing in is free, memory isn't. */
const mostSessions = 1_000;

/** Who is signed in to the demo: visitors by session id, in memory. Your application has something better. */
export class DemoSessions {
  readonly #visitors = new Map<string, DemoVisitor>();

  /** A Set-Cookie header that no script can read and no other site can have sent. */
  signIn(visitor: DemoVisitor): string {
    const id = randomUUID();
    this.#visitors.set(id, visitor);
    const [oldest] = this.#visitors.keys();
    if (this.#visitors.size > mostSessions && oldest !== undefined) this.#visitors.delete(oldest);
    return `${cookieName}=${id}; Path=/; HttpOnly; SameSite=Strict`;
  }

  /** Ends the request's session; a Set-Cookie header that has the browser forget it too. */
  signOut(request: Request): string {
    this.#visitors.delete(this.#idOf(request));
    return `${cookieName}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0`;
  }

  visitorOf(request: Request): DemoVisitor | undefined {
    return this.#visitors.get(this.#idOf(request));
  }

  #idOf(request: Request): string {
    return parse(request.headers.get("cookie") ?? "", cookieName)[cookieName] ?? "";
  }
}
