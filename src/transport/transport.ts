import { server } from "../../generated/operations.ts";
import type { ClientOptions } from "../client-options.ts";
import { ElevenLabsError } from "../errors/eleven-labs-error.ts";
import type { ElevenLabsErrorCode } from "../errors/error-code.ts";
import { checkApiKey } from "../guards/check-api-key.ts";
import { checkBaseUrl } from "../guards/check-base-url.ts";
import { checkLimits } from "../guards/check-limits.ts";
import { createLog } from "../logging/logger.ts";
import { createRedactor, type Redactor } from "../secrets/create-redactor.ts";
import { safeCause } from "../secrets/safe-cause.ts";
import { supply } from "../supplier.ts";
import { type Answer, toAnswer } from "./answer.ts";
import { withDeadline } from "./deadline.ts";
import { isRedirect } from "./is-redirect.ts";
import { mergeHeaders } from "./merge-headers.ts";
import type { OutgoingRequest } from "./outgoing-request.ts";
import { dropBody, readBody } from "./read-body.ts";
import { sendWithRetries } from "./send-with-retries.ts";
import { toRawResponse } from "./to-raw-response.ts";

export type Transport = (request: OutgoingRequest) => Promise<Answer>;

/**
 * Sends one request and receives its answer under one deadline; key, address and headers are asked for first.
 *
 * @throws ElevenLabsError for everything but an answer
 */
export function createTransport(client: ClientOptions): Transport {
  const log = createLog(client.logging);
  return async ({ method, url, credentials, headers: own, body, signal: ownSignal, callOptions: call }) => {
    const timeoutInSeconds = call?.timeoutInSeconds ?? client.timeoutInSeconds ?? 30;
    const maxRetries = call?.maxRetries ?? client.maxRetries ?? 2;
    checkLimits(timeoutInSeconds, maxRetries);
    const deadline = Date.now() + timeoutInSeconds * 1000;

    return withDeadline(timeoutInSeconds, call?.abortSignal ?? ownSignal, async (signal) => {
      const key = checkApiKey(await supply(call?.apiKey ?? client.apiKey));
      // Made anew where it is used: a call that succeeds unlogged has nothing to redact.
      const redact: Redactor = (text) => createRedactor(key)(text);
      const address = (await supply(client.baseUrl)) ?? (await supply(client.environment)) ?? server;
      const target = checkBaseUrl(address, client.dangerouslyAllowHttp) + url;
      const headers = await mergeHeaders(
        { accept: "application/json" },
        Object.fromEntries(Object.entries(credentials).map(([name, prefix]) => [name, prefix + key])),
        client.headers,
        own,
        call?.headers,
      );
      const label = (): string => redact(`${method} ${url.split("?", 1)}`);
      log?.("debug", label());

      let response: Response | undefined;
      const failed = (code: ElevenLabsErrorCode, message: string, cause?: unknown): ElevenLabsError => {
        log?.("error", `${label()}: ${message}`);
        return new ElevenLabsError({
          code,
          message,
          rawResponse: response && toRawResponse(response, redact),
          cause: safeCause(cause, redact),
        });
      };
      try {
        response = await sendWithRetries(
          () =>
            (client.fetch ?? fetch)(target, {
              method,
              headers,
              // Web IDL takes an undefined member for an absent one.
              body: body as BodyInit | null,
              redirect: "manual",
              signal,
            }),
          signal,
          maxRetries,
          deadline,
          log,
        );
        const reader = response.body?.getReader();
        if (!isRedirect(response)) {
          log?.(response.ok ? "debug" : "error", `${label()}: ${response.status}`);
          return toAnswer(response, await readBody(reader), redact);
        }
        dropBody(reader);
      } catch (error) {
        // Of an error answer, the status is worth more than the body that broke off.
        if (response && !response.ok) return toAnswer(response, undefined, redact);
        throw failed("network_error", response ? "The answer broke off." : "No answer came.", error);
      }
      throw failed("redirect_refused", `The server answered ${response.status}; redirects are not followed.`);
    });
  };
}
