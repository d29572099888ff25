import type { ClientOptions } from "../client-options.ts";
import { ElevenLabsError } from "../errors/eleven-labs-error.ts";
import { checkApiKey } from "../guards/check-api-key.ts";
import { checkBaseUrl } from "../guards/check-base-url.ts";
import { checkLimits } from "../guards/check-limits.ts";
import { createLog } from "../logging/logger.ts";
import type { RawResponse } from "../raw-response.ts";
import { createRedactor } from "../secrets/create-redactor.ts";
import { redactBody } from "../secrets/redact-body.ts";
import { safeCause } from "../secrets/safe-cause.ts";
import { supply } from "../supplier.ts";
import { credentialValue } from "./credential-value.ts";
import { withDeadline } from "./deadline.ts";
import { isRedirect } from "./is-redirect.ts";
import type { LightRequest } from "./light-request.ts";
import { mergeHeaders } from "./merge-headers.ts";
import { dropBody, readBody } from "./read-body.ts";
import { sendWithRetries } from "./send-with-retries.ts";
import { toRawResponse } from "./to-raw-response.ts";

/** A whole answer; of an error answer, the body is redacted. */
export interface Answer {
  readonly ok: boolean;
  /** `undefined` when over the limit or not UTF-8, or the empty body of an error answer. */
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

export type Transport = (request: LightRequest) => Promise<Answer>;

/**
 * Sends one request and receives its answer under one deadline; key, address and headers are asked for first.
 *
 * @throws ElevenLabsError for everything but an answer
 */
export function createTransport(client: TransportOptions): Transport {
  const log = createLog(client.logging);
  let lastKey: string | undefined;
  let redactor = createRedactor();
  return async ({ method, url, headers: own, body, signal: ownSignal, callOptions: call }) => {
    const timeoutInSeconds = call?.timeoutInSeconds ?? client.timeoutInSeconds ?? 30;
    const maxRetries = call?.maxRetries ?? client.maxRetries ?? 2;
    checkLimits(timeoutInSeconds, maxRetries);
    const deadline = Date.now() + timeoutInSeconds * 1000;

    return withDeadline(timeoutInSeconds, call?.abortSignal ?? ownSignal, async (signal) => {
      const key = checkApiKey(await supply(call?.apiKey ?? client.apiKey));
      if (key !== lastKey) {
        lastKey = key;
        redactor = createRedactor(key);
      }
      const redact = redactor;
      const address = (await supply(client.baseUrl)) ?? (await supply(client.environment)) ?? client.server;
      const target = checkBaseUrl(address, client.dangerouslyAllowHttp) + url;
      const headers = await mergeHeaders(
        { accept: "application/json" },
        Object.fromEntries(client.credentialHeaders.map((name) => [name, credentialValue(name, key)])),
        client.headers,
        Object.fromEntries(own),
        call?.headers,
      );
      const label = redact(`${method} ${url.split("?", 1)}`);
      log("debug", label);

      let response: Response | undefined;
      let rawResponse: RawResponse | undefined;
      try {
        response = await sendWithRetries(
          () =>
            (client.fetch ?? fetch)(target, {
              method,
              headers,
              body: body ?? null,
              redirect: "manual",
              signal,
            }),
          signal,
          maxRetries,
          deadline,
          log,
        );
        rawResponse = toRawResponse(response, redact);
        const { ok } = response;
        log(ok ? "debug" : "error", `${label}: ${rawResponse.status}`);
        const reader = response.body?.getReader();
        if (!isRedirect(rawResponse)) {
          const text = reader ? await readBody(reader, rawResponse.headers.get("content-length")) : "";
          return { ok, text: ok ? text : text ? redactBody(text, redact) : undefined, rawResponse };
        }
        dropBody(reader);
      } catch (error) {
        if (rawResponse && !response?.ok) return { ok: false, text: undefined, rawResponse };
        const message = rawResponse ? "The answer broke off." : "No answer came.";
        log("error", `${label}: ${message}`);
        throw new ElevenLabsError({
          code: "network_error",
          message,
          rawResponse,
          cause: safeCause(error, redact),
        });
      }
      throw new ElevenLabsError({
        code: "redirect_refused",
        message: `The server answered ${rawResponse.status}; redirects are not followed.`,
        rawResponse,
      });
    });
  };
}
