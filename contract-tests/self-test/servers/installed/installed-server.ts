import type { TrueFinding } from "../real-server.ts";

/** A server that somebody else made, as it is installed: nothing is planted, and what is found is its own. */
export interface InstalledServer {
  readonly name: string;
  /** What it is, and from where: for the page. */
  readonly what: string;
  /** How its document is got, and what it is started and judged with: for the page. */
  readonly setting: string;
  /** @throws ServersUnavailableError when it isn't here, or in another version than the findings rest on. */
  prepare(): void;
  /** How it is started in an empty folder. */
  start(folder: string, port: number): InstalledCommand;
  /** The OpenAPI document, or its address. */
  document(folder: string, address: string): Promise<string>;
  /** Follows the address. */
  readonly basePath: string;
  /** The configuration that it is judged with, as a user would write it: beside this file. */
  readonly config: string;
  /** All findings, and why each is a true breach of its document. */
  readonly trueFindings: readonly TrueFinding[];
}

export interface InstalledCommand {
  readonly command: readonly [program: string, ...args: readonly string[]];
  readonly env: Readonly<Record<string, string>>;
  /** Follows the address; answers once the server is ready. */
  readonly readyPath: string;
}
