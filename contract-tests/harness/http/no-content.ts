/** True of answers that have no content by HTTP itself (RFC 9110, sections 6.4.1, 15.3.5 and 15.3.6). */
export function hasNoContent(method: string, status: number): boolean {
  return method === "HEAD" || status < 200 || status === 204 || status === 205 || status === 304;
}
