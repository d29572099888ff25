import { alterAnswer, isSuccess, onSuccess, withBody, withJson } from "../alter.ts";
import type { Fault } from "../handler.ts";
import { requestedType } from "../token-contract.ts";

const caughtBy = ["response-schema-conformance"];

/** A fault that answers every create with this document, made from the token that was due. */
function shaped(id: string, breach: string, shape: (token: unknown) => unknown): Fault {
  return { id, caughtBy, breach, wrap: onSuccess(withJson((body) => shape(tokenIn(body)))) };
}

function tokenIn(body: unknown): unknown {
  return typeof body === "object" && body !== null && "token" in body ? body.token : undefined;
}

/** The answer is JSON, but not the documented document. */
export const bodyShapeFaults: readonly Fault[] = [
  shaped("token-missing", "The response has no token.", () => ({})),
  shaped("token-null", "The token is null.", () => ({ token: null })),
  shaped("token-number", "The token is a number.", () => ({ token: 1234567890 })),
  shaped("token-boolean", "The token is true.", () => ({ token: true })),
  shaped("token-array", "The token is in an array.", (token) => ({ token: [token] })),
  shaped("token-object", "The token is in an object.", (token) => ({ token: { value: token } })),
  shaped("token-empty", "The token is empty.", () => ({ token: "" })),
  shaped("token-renamed", "The token is called access_token.", (token) => ({ access_token: token })),
  shaped("token-name-in-other-case", "The token is called Token.", (token) => ({ Token: token })),
  shaped("token-name-padded", "The property's name ends with a blank.", (token) => ({ "token ": token })),
  shaped("body-null", "The response is null.", () => null),
  shaped("body-array", "The response is an array of one documented object.", (token) => [{ token }]),
  shaped("body-bare-string", "The response is the token as a JSON string.", (token) => token),
  shaped("body-boolean", "The response is true.", () => true),
  shaped("body-double-encoded", "The document is encoded twice.", (token) => JSON.stringify({ token })),
  shaped("body-wrapped", "The document is wrapped in an envelope.", (token) => ({ data: { token } })),
  shaped("error-body-on-200", "An error is sent with status 200.", () => ({
    detail: { status: "quota_exceeded", message: "No credits left" },
  })),
  {
    id: "token-missing-for-one-type",
    caughtBy,
    breach: "The response has no token, for one of the documented types only.",
    wrap: alterAnswer(
      (answer, request) => isSuccess(answer) && requestedType(request) === "tts_websocket",
      withJson(() => ({ expires_in: 900 })),
    ),
  },
  {
    id: "body-empty",
    caughtBy: [...caughtBy, "response-body-integrity"],
    breach: "A create is answered 200 with no body.",
    wrap: onSuccess((answer) => withBody(answer, "")),
  },
];
