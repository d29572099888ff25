import { server } from "../../generated/operations.ts";
import type { ClientOptions } from "../client-options.ts";
import { ApiError } from "../errors/api-error.ts";
import type { ApiErrorCode } from "../errors/error-code.ts";
import { isFinal } from "../errors/is-final.ts";
import { toApiError } from "../errors/to-api-error.ts";
import { checkApiKey } from "../guards/check-api-key.ts";
import { checkBaseUrl } from "../guards/check-base-url.ts";
import { checkLimits } from "../guards/check-limits.ts";
import type { Log } from "../logging/logger.ts";
import { createRedactor, type Redactor } from "../secrets/create-redactor.ts";
import { safeCause } from "../secrets/safe-cause.ts";
import { supply } from "../supplier.ts";
import type { Answer } from "./answer.ts";
import { withDeadline } from "./deadline.ts";
import { isRedirect } from "./is-redirect.ts";
import type { OutgoingRequest } from "./outgoing-request.ts";
import { dropBody } from "./read-body.ts";
import { receive } from "./receive.ts";
import { sendWithRetries } from "./send-with-retries.ts";
import { toRawResponse } from "./to-raw-response.ts";

export type Transport = (request: OutgoingRequest) => Promise<Answer>;

/** Asked when a request is sent, as touching `Request` loads Node's HTTP stack. */
function isCacheKnown(): boolean {
  return typeof Request === "function" && "cache" in Request.prototype;
}

/**
 * Sends one request and receives its answer under one deadline; key, address and headers are asked for first.
 *
 * @throws ApiError for everything but an answer and a framework's control flow
 */
export function createTransport(client: ClientOptions): Transport {
  return async ({
    method,
    url,
    operation,
    headers: own,
    body,
    isOnce,
    signal: ownSignal,
    callOptions: call,
  }) => {
    const seconds = call?.timeoutInSeconds ?? client.timeoutInSeconds ?? operation.timeoutInSeconds ?? 30;
    const maxRetries = call?.maxRetries ?? client.maxRetries ?? 2;
    const maxBytes = call?.maxResponseBytes ?? client.maxResponseBytes ?? operation.maxResponseBytes;
    checkLimits(seconds, maxRetries, maxBytes);
    const deadline = Date.now() + seconds * 1000;
    const abortSignal = call?.abortSignal ?? ownSignal;
    const { keyIn, accept = "application/json", isRepeatable } = operation;

    return withDeadline(seconds, abortSignal, async (signal) => {
      const [credential, prefix = ""] = operation.credential ?? [];
      const key = credential && checkApiKey(await supply(call?.apiKey ?? client.apiKey));
      // Made anew where it is used: a call that succeeds unlogged has nothing to redact.
      const redact: Redactor = (text) => createRedactor(key)(text);
      const label = (): string => redact(`${method} ${url.split("?", 1)}`);
      let log: Log | undefined;
      let isSent = false;
      let response: Response | undefined;
      const failed = (code: ApiErrorCode, message: string, cause?: unknown): ApiError => {
        log?.("error", `${label()}: ${message}`);
        return new ApiError({
          code,
          message,
          rawResponse: response && toRawResponse(response, redact),
          cause: safeCause(cause, redact),
        });
      };
      try {
        if (client.logging) log = (await import("../logging/create-log.ts")).createLog(client.logging);
        const address = (await supply(client.baseUrl)) ?? (await supply(client.environment)) ?? server;
        let target = checkBaseUrl(address, client.dangerouslyAllowHttp) + url;
        const headers = new Headers({ accept });
        if (credential && !keyIn) headers.set(credential, prefix + key);
        if (client.headers || own || call?.headers)
          await (await import("./merge-headers.ts")).mergeHeaders(
            headers,
            client.headers,
            own,
            call?.headers,
          );
        if (credential && keyIn)
          target = (await import("./place-key.ts")).placeKey(keyIn, credential, `${key}`, target, headers);
        log?.("debug", label());
        isSent = true;
        response = await sendWithRetries(
          () =>
            (client.fetch ?? fetch)(target, {
              method,
              headers,
              // Web IDL takes an undefined member for an absent one.
              body: body as BodyInit | null,
              redirect: "manual",
              // A framework's cache would give one visitor's answer to all. Older Workers throw on the member.
              ...(isCacheKnown() && { cache: "no-store" }),
              signal,
              // A body that is a stream needs it (Fetch Standard), and TypeScript's DOM doesn't know it.
              ...({ duplex: "half" } as object),
            }),
          signal,
          (isRepeatable || headers.has("idempotency-key")) && !isOnce ? maxRetries : 0,
          deadline,
          log,
        );
        const { status } = response;
        if (isRedirect(response)) {
          dropBody(response.body);
          throw failed("redirect_refused", `The server answered ${status}; redirects are not followed.`);
        }
        log?.(response.ok ? "debug" : "error", `${label()}: ${status}`);
        return await receive(response, {
          operation,
          call,
          validation: client.validation,
          limits: { seconds, maxBytes, abortSignal },
          failed,
          warn: (message) => (log ?? ((_, line) => console.warn(line)))("warn", `${label()}: ${message}`),
          redact,
        });
      } catch (error) {
        if (!isSent || isFinal(error)) throw toApiError(error, redact);
        throw failed("network_error", response ? "The response was cut off." : "No response arrived.", error);
      }
    });
  };
}
