import { refusal } from "../errors/refusal.ts";

/**
 * A path from the base URL on, every template parameter filled in, that stays below the base URL.
 *
 * @throws ApiError with code `invalid_argument`
 */
export function checkRequestUrl(url: string): void {
  const path = url.split(/[?#]/, 1)[0] ?? "";
  if (
    !path.startsWith("/") ||
    /[{}\\]/.test(path) ||
    path.split("/").some((part) => /^(\.|%2e){1,2}$/i.test(part))
  )
    throw refusal(
      "argument",
      "The path must begin with / and have every parameter filled in and no dot segments; baseUrl is a client option.",
    );
}
