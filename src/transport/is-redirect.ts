/** Any 3xx, and the blank response by which a browser hides one. */
export function isRedirect({ status, type }: Pick<Response, "status" | "type">): boolean {
  return type === "opaqueredirect" || (status >= 300 && status < 400);
}
