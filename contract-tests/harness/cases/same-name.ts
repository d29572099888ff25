/** True when two names differ in case and separators alone: `task_id`, `taskId`, `Task-ID`. */
export function isSameName(a: string, b: string): boolean {
  return plainName(a) === plainName(b);
}

/** A name in lower case without separators. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** What one of a collection is called in English, as far as that can be guessed: tasks → task, entries → entry. */
export function nameOfOne(collection: string): string {
  const name = plainName(collection);
  if (/ies$/.test(name)) return name.replace(/ies$/, "y");
  if (/(ss|x|z|ch|sh)es$/.test(name)) return name.replace(/es$/, "");
  return name.replace(/([^s])s$/, "$1");
}
