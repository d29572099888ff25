/** Statuses that may pass when asked again: 408, 429, every server error, and what is no status (RFC 9110 §15). */
export function isRetryableStatus(status: number): boolean {
  return status === 408 || status === 429 || status >= 500 || status < 100;
}
