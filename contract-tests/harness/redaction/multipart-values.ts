/** Values of multipart parts (RFC 7578) with the names of their parts: read line by line, so that no text is read twice. */
export function multipartValues(
  text: string,
): readonly { readonly name: string; readonly start: number; readonly end: number }[] {
  const found: { name: string; start: number; end: number }[] = [];
  let name: string | undefined;
  let content: number | undefined;
  const close = (end: number) => {
    if (name !== undefined && content !== undefined && end > content)
      found.push({ name, start: content, end });
    name = undefined;
    content = undefined;
  };
  let start = 0;
  let before = 0;
  while (start <= text.length) {
    const feed = text.indexOf("\n", start);
    const next = feed === -1 ? text.length + 1 : feed + 1;
    const stop = feed === -1 ? text.length : feed;
    const end = text.charAt(stop - 1) === "\r" && stop > start ? stop - 1 : stop;
    if (text.startsWith("--", start)) close(before);
    else if (content === undefined) {
      if (end === start && name !== undefined) content = Math.min(next, text.length);
      else if (end > start) name = nameIn(text.slice(start, end)) ?? name;
    }
    before = end;
    start = next;
  }
  close(text.length);
  return found;
}

function nameIn(line: string): string | undefined {
  return /(?<![\w*])name="([^"]*)"/.exec(line)?.[1];
}
