/** A line of a contract up to this length is shown whole. */
const LONGEST_LINE = 400;
const BEFORE = 100;

/**
 * The part of a long line in which a place of the document stands, for documents on one line: the names of the pointer
 * are looked for one behind the other.
 *
 * @param pointer the JSON pointer; an empty one is the line's beginning
 */
export function aroundPlace(line: string, pointer: string): string {
  if (line.length <= LONGEST_LINE) return line;
  let place = 0;
  for (const segment of pointer.split("/").slice(1)) {
    const name = JSON.stringify(segment.replaceAll("~1", "/").replaceAll("~0", "~"));
    const next = line.indexOf(name, place);
    if (next !== -1) place = next;
  }
  const start = Math.max(0, Math.min(place - BEFORE, line.length - LONGEST_LINE));
  const end = start + LONGEST_LINE;
  return `${start > 0 ? "…" : ""}${line.slice(start, end)}${end < line.length ? "…" : ""}`;
}
