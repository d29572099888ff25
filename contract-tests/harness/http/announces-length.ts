/** True of a method whose requests tell the length of their content even when there is none (RFC 9110, section 8.6). */
export function announcesLength(method: string): boolean {
  return ["POST", "PUT", "PATCH"].includes(method);
}
