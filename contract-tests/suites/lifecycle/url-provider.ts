import { keyHeader, tokenUrl } from "../../../src/simulator/token-contract.ts";
import type { LifecycleProvider } from "./lifecycle-provider.ts";
import { openSocket } from "./open-socket.ts";

export interface UrlProviderOptions {
  readonly apiKey: string;
  /** A voice that the account may use; any will do for the simulator. */
  readonly voiceId?: string;
  /** Milliseconds for each token and for each socket's verdict; 10,000 by default. */
  readonly timeoutMs?: number;
  readonly passTime?: LifecycleProvider["passTime"];
  readonly replaysExamples?: boolean;
}

/** A provider at a base URL, asked by plain HTTP and WebSocket: a fault of our client must not hide one of it. */
export function urlProvider(address: string, options: UrlProviderOptions): LifecycleProvider {
  const { apiKey, voiceId = "any-voice", timeoutMs = 10_000, passTime, replaysExamples = false } = options;
  const lettingIn = new Set<string>();
  return {
    address,
    replaysExamples,
    ...(passTime && { passTime }),
    async mint(type) {
      const response = await fetch(address + tokenUrl(type), {
        method: "POST",
        headers: { [keyHeader]: apiKey },
        redirect: "manual",
        signal: AbortSignal.timeout(timeoutMs),
      }).catch((error: unknown) => {
        throw new Error(`${address} gave no answer (${failureCode(error)})`);
      });
      const body: unknown = response.ok ? await response.json() : await response.body?.cancel();
      if (typeof body === "object" && body !== null && "token" in body && typeof body.token === "string") {
        return body.token;
      }
      throw new Error(`${address} gave no token of type ${type} but status ${response.status}`);
    },
    async open(door, token) {
      const hasLetIn = () => lettingIn.has(door.service);
      const opening = await openSocket(address, door, token, { timeoutMs, voiceId, hasLetIn });
      if (opening.kind === "opened") lettingIn.add(door.service);
      return opening;
    },
  };
}

/** The system's code beneath fetch's own error, such as ECONNREFUSED. */
function failureCode(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const { cause } = error;
  return cause instanceof Error && "code" in cause ? String(cause.code) : error.name;
}
