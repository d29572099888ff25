/**
 * Why a call failed:
 * - `invalid_configuration`: an option of the client or the call is unusable; nothing was sent
 * - `invalid_argument`: an argument isn't allowed in the request; nothing was sent
 * - `network_error`: no response, or one that was cut off
 * - `timeout`: the deadline passed
 * - `aborted`: the caller's signal fired
 * - `redirect_refused`: the server answered with a redirect, which is never followed
 * - `error_status`: the server answered with any other status except success
 * - `invalid_answer`: a success whose body doesn't match the contract
 * - `response_too_large`: a success with more bytes than the operation allows
 */
export type ApiErrorCode =
  | "invalid_configuration"
  | "invalid_argument"
  | "network_error"
  | "timeout"
  | "aborted"
  | "redirect_refused"
  | "error_status"
  | "invalid_answer"
  | "response_too_large";
