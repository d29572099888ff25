/** True for an address of this machine: `localhost`, 127.0.0.0/8, ::1. */
export function isLoopback(address: string): boolean {
  try {
    const { hostname } = new URL(address);
    return (
      hostname === "localhost" ||
      hostname.endsWith(".localhost") ||
      hostname === "[::1]" ||
      /^127\./.test(hostname)
    );
  } catch {
    return true; // a file of recorded traffic: nothing is sent
  }
}

/** Methods that change nothing (RFC 9110, section 9.2.1). */
export function isSafe(method: string): boolean {
  return ["GET", "HEAD", "OPTIONS", "TRACE"].includes(method.toUpperCase());
}
