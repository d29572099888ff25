import { InputError } from "../cli/input-error.ts";

/** What the pipeline reads off a documented page (markdown): its heading line, its address and its OpenAPI block. */
export interface DocumentedPage {
  /** File name for messages. */
  readonly file: string;
  readonly text: string;
  /** The page's first heading. */
  readonly title: string;
  /** Method and absolute URL of the heading line, e.g. POST https://api.example.com/v1/things/{id}. */
  readonly endpoint: { readonly method: string; readonly url: string; readonly line: number };
  /** The page's own address (its "Reference:" line). */
  readonly reference: string;
  /** The OpenAPI block's bytes, exactly as they stand between the fences. */
  readonly yaml: string;
  /** One-based line of the page on which the block's first line stands. */
  readonly yamlLine: number;
  /** The call that the page's TypeScript sample makes, e.g. ["tokens", "singleUse", "create"]. */
  readonly sampleCall: readonly string[] | undefined;
}

const endpointLine = /^(GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE) (https?:\/\/\S+)\s*$/;
const referenceLine = /^Reference: (https?:\/\/\S+)\s*$/;
const sampleCall = /\bclient((?:\.[A-Za-z_$][\w$]*)+)\(/;

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
  const reference = lines
    .map((line) => referenceLine.exec(line)?.[1])
    .find((address) => address !== undefined);
  const title = lines
    .find((line) => /^# \s*\S/.test(line))
    ?.slice(2)
    .trim();
  const [, method, url] = endpointLine.exec(lines[endpoint] ?? "") ?? [];
  if (method === undefined || url === undefined)
    throw new InputError(
      `${file}: no heading line such as "POST https://api.example.com/v1/…"; the server's address is read from it, so import the page as exported.`,
    );
  if (reference === undefined)
    throw new InputError(`${file}: no "Reference: https://…" line; the page's own address is read from it.`);
  for (const address of [url, reference])
    if (!URL.canParse(address))
      throw new InputError(`${file}: ${address} is no address; correct the page at its source.`);
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

interface Block {
  readonly yaml: string;
  readonly line: number;
}

function onlyOpenApiBlock(file: string, lines: readonly string[]): Block {
  const blocks = fencedBlocks(file, lines).filter(({ yaml }) => /^openapi:/m.test(yaml));
  const [block, second] = blocks;
  if (block === undefined)
    throw new InputError(
      `${file}: no \`\`\`yaml block that starts an OpenAPI document ("openapi: 3.…"); import a documented API page in its markdown form.`,
    );
  if (second !== undefined)
    throw new InputError(
      `${file}:${second.line}: a second OpenAPI block (the first is at line ${block.line}); a page documents one operation, so split it and import each part.`,
    );
  return block;
}

function fencedBlocks(file: string, lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  for (let start = 0; start < lines.length; start += 1) {
    if (!/^```ya?ml\s*$/.test(lines[start] ?? "")) continue;
    const length = lines.slice(start + 1).findIndex((line) => /^```\s*$/.test(line));
    if (length < 0)
      throw new InputError(
        `${file}:${start + 1}: the \`\`\`yaml block is never closed; import the whole page.`,
      );
    const body = lines.slice(start + 1, start + 1 + length);
    blocks.push({ yaml: body.map((line) => `${line}\n`).join(""), line: start + 2 });
    start += length + 1;
  }
  return blocks;
}

function typescriptCall(text: string): string[] | undefined {
  const sample = /^```typescript\r?\n([\s\S]*?)^```/m.exec(text)?.[1];
  const call = sample === undefined ? undefined : sampleCall.exec(sample)?.[1];
  return call?.split(".").slice(1);
}
