/** True for the name of a secret that somebody chose: nobody can make up one that a server knows. */
export function isPasswordName(name: string): boolean {
  return /password|passwd|passphrase|passcode|secret|^pin$/i.test(name);
}
