/** Most characters of one field. */
const LONGEST_FIELD = 1_000;

const cut = (text: string) => (text.length > LONGEST_FIELD ? `${text.slice(0, LONGEST_FIELD)}…` : text);
const oneLine = (text: string) => cut(text).replace(/\s+/g, " ").trim();

/** Text that is nothing but text: neither HTML, nor a link, nor a mention, nor emphasis. */
export function escaped(text: string): string {
  return oneLine(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/[\\`*_{}[\]()#|~!@:/]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** An inline code span as HTML: back ticks, pipes and markup in it need no further thought. */
export function code(text: string): string {
  return `<code>${escaped(text)}</code>`;
}

/** A block of code; what is in it ends it nowhere. */
export function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${cut(text)}\n${fence}`;
}
