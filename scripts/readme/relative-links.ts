/** The files that a markdown text links in its own project, without anchors, each once. */
export function relativeLinks(markdown: string): string[] {
  const links = [...markdown.matchAll(/\]\(([^()\s]+)\)/g)].map(([, link = ""]) => link.replace(/#.*$/, ""));
  return [...new Set(links)].filter((link) => link !== "" && !/^[a-z]+:/i.test(link));
}
