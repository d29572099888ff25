import { alterAnswer } from "../alter.ts";
import type { Fault, Handler } from "../handler.ts";
import { isCreate, keyHeader, keyOf, refusedKey, requestedType, withKey } from "../token-contract.ts";

const caughtBy = ["missing-required-header", "negative-data-rejection", "ignored-auth"];

/** A server that lets a create without a key through when `when` says so. */
function keyless(when: (type: string | undefined) => boolean): (next: Handler) => Handler {
  return (next) => (request) =>
    next(keyOf(request) === undefined && when(requestedType(request)) ? withKey(request) : request);
}

/** The server doesn't ask for the key as documented. */
export const credentialFaults: readonly Fault[] = [
  { id: "key-not-required", caughtBy, breach: "A create needs no key.", wrap: keyless(() => true) },
  {
    id: "key-not-required-for-realtime-scribe",
    caughtBy,
    breach: "A create of the first documented type needs no key.",
    wrap: keyless((type) => type === "realtime_scribe"),
  },
  {
    id: "key-not-required-for-tts-websocket",
    caughtBy,
    breach: "A create of the second documented type needs no key.",
    wrap: keyless((type) => type === "tts_websocket"),
  },
  {
    id: "key-remembered",
    caughtBy,
    breach: "A client that has sent a key once needs none afterwards.",
    wrap: (next) => {
      let remembered: string | undefined;
      return (request) => {
        const key = keyOf(request);
        if (isCreate(request) && key !== undefined) remembered = key;
        return next(key === undefined && remembered !== undefined ? withKey(request, remembered) : request);
      };
    },
  },
  {
    id: "missing-key-answered-200-with-error",
    caughtBy,
    breach: "A create without a key is answered 200 with the error in the body.",
    wrap: alterAnswer(refusedKey, (answer) => ({ ...answer, status: 200 })),
  },
  {
    id: "missing-key-answered-with-example",
    caughtBy,
    breach: "A create without a key is answered with the documented example.",
    wrap: alterAnswer(refusedKey, (answer, request) =>
      keyHeader in request.headers
        ? answer
        : { ...answer, status: 200, body: '{"token":"sutkn_1234567890"}' },
    ),
  },
];
