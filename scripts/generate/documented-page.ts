import { InputError } from "../cli/input-error.ts";

/** What the pipeline reads off a source: a documented page (markdown), or an OpenAPI document in its place. */
export interface DocumentedPage {
  /** File name for messages. */
  readonly file: string;
  readonly text: string;
  /** The page's first heading. */
  readonly title: string;
  /**
   * Method and absolute URL of the heading line, e.g. POST https://api.example.com/v1/things/{id}; an OpenAPI document
   * has none and names its servers itself.
   */
  readonly endpoint: { readonly method: string; readonly url: string; readonly line: number } | undefined;
  /** The page's own address, where it says so (its "Reference:" line, or the only line like it). */
  readonly reference: string | undefined;
  /** The OpenAPI block's bytes, exactly as they stand between the fences. */
  readonly yaml: string;
  /** One-based line of the page on which the block's first line stands. */
  readonly yamlLine: number;
  /** The call that the page's TypeScript sample makes, e.g. ["tokens", "singleUse", "create"]. */
  readonly sampleCall: readonly string[] | undefined;
}

const endpointLine = /^(GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE) (https?:\/\/\S+)\s*$/;
/** A line of a label and an address alone; the exporter's label is "Reference". */
const labelledAddress = /^([A-Z][\w ]{0,40}): (https?:\/\/\S+)\s*$/;

/**
 * Reads a documented page.
 *
 * @throws InputError when the page has no OpenAPI block, several, or no heading line with the endpoint's address
 */
export function readDocumentedPage(file: string, text: string): DocumentedPage {
  if (/^\s*<(!doctype|html)\b/i.test(text))
    throw new InputError(
      `${file}:1: this is HTML, not markdown; save the page's markdown form (its address + ".md").`,
    );
  // A byte order mark belongs to the file, not to its first line.
  const lines = text.replace(/^\ufeff/, "").split("\n");
  const block = onlyOpenApiBlock(file, lines);
  const endpoint = lines.findIndex((line) => endpointLine.test(line));
  const reference = ownAddress(lines.slice(0, block.line - 1));
  const title = lines
    .find((line) => /^# \s*\S/.test(line))
    ?.slice(2)
    .trim();
  const [, method, url] = endpointLine.exec(lines[endpoint] ?? "") ?? [];
  if (method === undefined || url === undefined)
    throw new InputError(
      `${file}: no heading line such as "POST https://api.example.com/v1/…"; the server's address is read from it, so import the page as exported.`,
    );
  for (const address of [url, reference])
    if (address !== undefined && !URL.canParse(address))
      throw new InputError(`${file}: ${address} isn't an address; correct the page at its source.`);
  if (title === undefined)
    throw new InputError(`${file}: no "# Title" heading; import the page as exported.`);
  return {
    file,
    text,
    title,
    endpoint: { method, url, line: endpoint + 1 },
    reference,
    yaml: block.yaml,
    yamlLine: block.line,
    sampleCall: typescriptCall(text),
  };
}

/** The address that a page gives as its own, before its OpenAPI block. */
function ownAddress(lines: readonly string[]): string | undefined {
  const labelled = lines.flatMap((line) => {
    const [, label, address] = labelledAddress.exec(line) ?? [];
    return label === undefined || address === undefined ? [] : [{ label, address }];
  });
  const [only, second] = labelled;
  const reference = labelled.find(({ label }) => label === "Reference");
  return (reference ?? (second === undefined ? only : undefined))?.address;
}

interface Block {
  readonly yaml: string;
  readonly line: number;
}

function onlyOpenApiBlock(file: string, lines: readonly string[]): Block {
  const blocks = fencedBlocks(file, lines).filter(({ yaml }) => /^openapi:/m.test(yaml));
  const [block, second] = blocks;
  if (block === undefined)
    throw new InputError(
      hasMemberLists(lines)
        ? `${file}: lists the members of requests and responses but has no OpenAPI block, without which there is no contract; import the provider's OpenAPI document instead ("npm run spec:import -- openapi.yaml").`
        : `${file}: no \`\`\`yaml block that starts an OpenAPI document ("openapi: 3.…"); import a documented API page in its markdown form.`,
    );
  if (second !== undefined)
    throw new InputError(
      `${file}:${second.line}: a second OpenAPI block (the first is at line ${block.line}); a page documents one operation, so split it and import each part.`,
    );
  return block;
}

/** Another form of the exporter: headings with lists of members, without types that could be relied on. */
function hasMemberLists(lines: readonly string[]): boolean {
  return lines.some((line) =>
    /^#{2,4} (Request|Response|Headers|Path parameters|Query parameters)\b/i.test(line),
  );
}

function fencedBlocks(file: string, lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  for (let start = 0; start < lines.length; start += 1) {
    if (!/^```ya?ml\s*$/.test(lines[start] ?? "")) continue;
    const end = closingFence(lines, start);
    if (end < 0)
      throw new InputError(
        `${file}:${start + 1}: the \`\`\`yaml block is never closed; import the whole page.`,
      );
    const body = lines.slice(start + 1, end);
    blocks.push({ yaml: body.map((line) => `${line}\n`).join(""), line: start + 2 });
    start = end;
  }
  return blocks;
}

function closingFence(lines: readonly string[], start: number): number {
  for (let index = start + 1; index < lines.length; index += 1)
    if (/^```\s*$/.test(lines[index] ?? "")) return index;
  return -1;
}

/** The first call on a `client` in the TypeScript sample: `client.tokens.singleUse.create(` */
function typescriptCall(text: string): string[] | undefined {
  const sample = /^```typescript\r?\n([\s\S]*?)^```/m.exec(text)?.[1] ?? "";
  // Whole runs of names and dots at a time: looking for a call at each "client" of a run would be quadratic.
  for (const { 0: run, index } of sample.matchAll(/[\w$.]+/g)) {
    if (sample[index + run.length] !== "(") continue;
    const names = run.split(".");
    const call = names.slice(names.indexOf("client") + 1);
    if (names.includes("client") && call.length > 0 && call.every((name) => /^[A-Za-z_$]/.test(name)))
      return call;
  }
  return undefined;
}
