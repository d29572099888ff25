/**
 * Why a file can't be read or written, in words that go behind a colon or into brackets.
 *
 * @param error what node:fs threw
 */
export function unreadableFile(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
  return reasons[code] ?? code;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "permission denied",
};
