/** Statuses that may pass when asked again: 408, 429 and every server error. */
export function isRetryableStatus(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}
