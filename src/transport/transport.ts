import type { ClientOptions } from "../client-options.ts";
import { ElevenLabsError } from "../errors/eleven-labs-error.ts";
import { checkApiKey } from "../guards/check-api-key.ts";
import { checkBaseUrl } from "../guards/check-base-url.ts";
import { checkLimits } from "../guards/check-limits.ts";
import { createLog } from "../logging/logger.ts";
import type { RawResponse } from "../raw-response.ts";
import { createRedactor, redactBody } from "../secrets/create-redactor.ts";
import { safeCause } from "../secrets/safe-cause.ts";
import { supply } from "../supplier.ts";
import { withDeadline } from "./deadline.ts";
import { isRedirect } from "./is-redirect.ts";
import type { LightRequest } from "./light-request.ts";
import { mergeHeaders } from "./merge-headers.ts";
import { dropBody, readBody } from "./read-body.ts";
import { sendWithRetries } from "./send-with-retries.ts";

/** A whole answer: of an error answer, body and headers are redacted. */
export interface Answer {
  /** `undefined` when over the limit or not UTF-8. */
  readonly text: string | undefined;
  readonly rawResponse: RawResponse;
}

/** What every request of a client has in common. */
export interface TransportOptions extends ClientOptions {
  /** The address when neither `baseUrl` nor `environment` is given. */
  readonly server: string;
  /** Names of the headers that carry the key. */
  readonly credentialHeaders: readonly string[];
}

/**
 * Sends one request and receives its answer under one deadline: key, address and headers are asked for first.
 *
 * @throws ElevenLabsError for everything but an answer
 */
export function createTransport(client: TransportOptions): (request: LightRequest) => Promise<Answer> {
  const log = createLog(client.logging);
  return (request) => {
    const call = request.callOptions;
    const timeoutInSeconds = call?.timeoutInSeconds ?? client.timeoutInSeconds ?? 30;
    const maxRetries = call?.maxRetries ?? client.maxRetries ?? 2;
    checkLimits(timeoutInSeconds, maxRetries);
    const milliseconds = timeoutInSeconds * 1000;
    const deadline = Date.now() + milliseconds;

    return withDeadline(milliseconds, call?.abortSignal ?? request.signal, async (signal) => {
      const key = checkApiKey(await supply(call?.apiKey ?? client.apiKey));
      const address = (await supply(client.baseUrl)) ?? (await supply(client.environment)) ?? client.server;
      const url = checkBaseUrl(address, client.dangerouslyAllowHttp) + request.url;
      const headers = new Headers({ accept: "application/json" });
      for (const name of client.credentialHeaders) headers.set(name, key);
      await mergeHeaders(headers, client.headers);
      request.headers.forEach((value, name) => {
        headers.set(name, value);
      });
      await mergeHeaders(headers, call?.headers);
      const redact = createRedactor(key);
      const { method, body } = request;
      log("debug", redact(`${method} ${request.url.split("?", 1)}`));

      const init = {
        method,
        headers,
        redirect: "manual",
        signal,
        ...(body == null ? {} : { body }),
      } as const;
      const response = await sendWithRetries({
        fetch: client.fetch ?? globalThis.fetch,
        url,
        init,
        maxRetries,
        deadline,
        log,
        redact,
      });
      const { ok, redirected, status, statusText, type } = response;
      log(ok ? "debug" : "error", `${method}: ${status}`);
      const rawResponse = {
        headers: ok ? response.headers : redactHeaders(response.headers, redact),
        redirected,
        status,
        statusText: redact(statusText),
        type,
        url: redact(response.url),
      };
      const reader = response.body?.getReader();
      if (isRedirect(response)) {
        dropBody(reader);
        throw new ElevenLabsError({
          code: "redirect_refused",
          message: `The server answered with a redirect (${status}), which is never followed.`,
          statusCode: status,
          rawResponse,
        });
      }
      try {
        const text = reader ? await readBody(reader, response.headers.get("content-length")) : "";
        return { text: ok || !text ? text : redactBody(text, redact), rawResponse };
      } catch (error) {
        if (!ok) return { text: undefined, rawResponse };
        throw new ElevenLabsError({
          code: "network_error",
          message: "The answer broke off.",
          statusCode: status,
          rawResponse,
          cause: safeCause(error, redact),
        });
      }
    });
  };
}

function redactHeaders(headers: Headers, redact: (text: string) => string): Headers {
  const redacted = new Headers();
  headers.forEach((value, name) => {
    redacted.append(name, redact(value));
  });
  return redacted;
}
