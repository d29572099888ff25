import { readDocumentedPage } from "../generate/documented-page.ts";
import { isObject } from "../generate/json.ts";
import type { Provider } from "../generate/provider.ts";
import { repairPage } from "../generate/repair-page.ts";
import type { GivenPage } from "../import/take-apart.ts";

/** Pages that become one contract, and whose they are. */
export interface Reference {
  readonly title: string;
  readonly pages: readonly GivenPage[];
  /** What stands in spec/provider.yaml, where it is another provider's. */
  readonly provider: string | undefined;
}

/** The pages of the project's provider together, and those of every other one each alone. */
export function referencesOf(pages: readonly GivenPage[], own: Provider): Reference[] {
  const [ownAddress = ""] = own.environments.values();
  const served = pages.map((page) => ({ page, address: addressOf(page, own) }));
  const joint = served.filter(({ address }) => address === ownAddress).map(({ page }) => page);
  return [
    ...(joint.length > 0 ? [{ title: `${own.name}, together`, pages: joint, provider: undefined }] : []),
    ...served
      .filter(({ address }) => address !== ownAddress)
      .map(({ page, address }) => ({
        title: page.source.split("/").at(-1) ?? page.source,
        pages: [page],
        provider: describedAt(address, own),
      })),
  ];
}

/** The address that the page's contract is served at by default. */
function addressOf({ source, text }: GivenPage, { repairs }: Provider): string {
  const { document } = repairPage(readDocumentedPage(source, text), "1970-01-01", repairs);
  const [server] = Array.isArray(document["servers"]) ? document["servers"] : [];
  const address = isObject(server) ? server["url"] : undefined;
  return typeof address === "string" ? address.replace(/\/$/, "") : "";
}

/** Another provider of the same exporter, called after its host: `api.acme.test` is Acme. */
function describedAt(address: string, { repairs }: Provider): string {
  const host = URL.canParse(address) ? new URL(address).hostname : "other.test";
  const word = (host.split(".").at(-2) ?? host).replace(/[^a-z0-9]/gi, "").replace(/^\d+/, "") || "other";
  const name = `${word[0]?.toUpperCase()}${word.slice(1)}`;
  return [
    `name: ${name}`,
    `keyVariable: ${word.toUpperCase()}_API_KEY`,
    `environments:\n  Production: ${address}`,
    `repairs: [${repairs.map(({ id }) => id).join(", ")}]`,
    "",
  ].join("\n");
}
