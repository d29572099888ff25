import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../cli/input-error.ts";
import { isObject, type Json, type JsonObject, type Path } from "./json.ts";
import { parseDocument } from "./parse-document.ts";
import { repairs } from "./repairs/registry.ts";
import type { Repair } from "./repairs/repair.ts";

/** Where the provider is described. */
export const providerFile = "spec/provider.yaml";

/** What is one provider's own and stands on no page. */
export interface Provider {
  /** A TypeScript identifier that begins the names of what applications import. */
  readonly name: string;
  /** The environment variable that holds the API key when an application gives none. */
  readonly keyVariable: string;
  /** https: addresses by name; the first is the default. */
  readonly environments: ReadonlyMap<string, string>;
  /** What keys and tokens begin with. */
  readonly secretPrefixes: readonly string[];
  /** What is mended in the pages, in order. */
  readonly repairs: readonly Repair[];
}

/** @throws InputError when the project has no such file, or one that can't be used */
export function readProvider(root: string): Provider {
  const path = join(root, providerFile);
  if (!existsSync(path))
    throw new InputError(
      `${providerFile}: the file is missing; it names the provider, its addresses and its key.`,
    );
  return parseProvider(readFileSync(path, "utf8"));
}

/** @throws InputError with the line of the first member that can't be used */
export function parseProvider(text: string): Provider {
  const { data, lineOf } = parseDocument(providerFile, text);
  const refuse = (member: Path, wanted: string): never => {
    throw new InputError(`${providerFile}:${lineOf(member)}: ${member.join(".")} must be ${wanted}.`);
  };
  const unknown = Object.keys(data).find((member) => !known.includes(member));
  if (unknown !== undefined)
    throw new InputError(
      `${providerFile}:${lineOf([unknown])}: ${unknown} isn't a known member; use ${known.join(", ")}.`,
    );
  const matching = (member: Path, value: Json | undefined, pattern: RegExp, wanted: string): string =>
    typeof value === "string" && pattern.test(value) ? value : refuse(member, wanted);
  return {
    name: matching(["name"], data["name"], /^[A-Z][A-Za-z0-9]{0,40}$/, "a name such as Acme, for AcmeClient"),
    keyVariable: matching(
      ["keyVariable"],
      data["keyVariable"],
      /^[A-Z][A-Z0-9_]{0,60}$/,
      "the name of an environment variable, such as ACME_API_KEY",
    ),
    environments: environmentsOf(data, refuse),
    secretPrefixes: listOf(data, "secretPrefixes", refuse).map((prefix, index) =>
      matching(
        ["secretPrefixes", index],
        prefix,
        /^[A-Za-z0-9][\w-]{1,20}$/,
        "what keys begin with: at least two letters, digits, _ or -",
      ),
    ),
    repairs: listOf(data, "repairs", refuse).map(
      (id, index) =>
        repairs.find((repair) => repair.id === id) ??
        refuse(["repairs", index], `one of ${repairs.map((repair) => repair.id).join(", ")}`),
    ),
  };
}

/**
 * A key must not go to whatever address a page names: the contract's first server is the one that is used by default.
 *
 * @param place of the servers, in the page
 * @throws InputError when it is another one
 */
export function refuseOtherProvider({ environments }: Provider, server: string, place: string): void {
  const [[name, address] = ["", ""]] = environments;
  if (address !== server.replace(/\/$/, ""))
    throw new InputError(
      `${providerFile}: the default environment ${name} is ${address}, but the pages are of ${server} (${place}); describe the provider of the pages there.`,
    );
}

const known = ["name", "keyVariable", "environments", "secretPrefixes", "repairs"];

function environmentsOf(data: JsonObject, refuse: Refusal): Map<string, string> {
  const member = data["environments"];
  const entries = Object.entries(isObject(member) ? member : {});
  if (entries.length === 0) refuse(["environments"], "addresses by name, the first being the default");
  return new Map(
    entries.map(([name, address]) => {
      if (!/^[A-Z][A-Za-z0-9]*$/.test(name))
        refuse(["environments", name], "called like Production or ProductionEu");
      return typeof address === "string" && isPlainAddress(address)
        ? [name, address.replace(/\/$/, "")]
        : refuse(["environments", name], "an https: address without user, query or fragment");
    }),
  );
}

function isPlainAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, username, password, search, hash } = new URL(address);
  return protocol === "https:" && [username, password, search, hash].every((part) => part === "");
}

function listOf(data: JsonObject, member: string, refuse: Refusal): readonly Json[] {
  const list = data[member] ?? [];
  if (!Array.isArray(list)) return refuse([member], "a list");
  const twice = list.findIndex((item, index) => list.indexOf(item) !== index);
  return twice < 0 ? list : refuse([member, twice], "named once");
}

type Refusal = (member: Path, wanted: string) => never;
