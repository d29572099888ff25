import { fileURLToPath } from "node:url";
import { type Language, languages } from "./languages.ts";

/** A client for the token's operation that does everything right, in one language with its own library alone. */
export interface CleanClient {
  readonly language: Language;
  readonly source: string;
}

const at = (file: string) => fileURLToPath(new URL(file, import.meta.url));

export const cleanClients = {
  node: { language: languages.node, source: at("client.mjs") },
  python: { language: languages.python, source: at("client.py") },
  go: { language: languages.go, source: at("client.go") },
  ruby: { language: languages.ruby, source: at("client.rb") },
  php: { language: languages.php, source: at("client.php") },
  java: { language: languages.java, source: at("Client.java") },
} as const satisfies Readonly<Record<string, CleanClient>>;

/** A fault put into a clean client: its text with `from` replaced by `to`, and the beginning of the finding's id that is due. */
export interface PlantedFault {
  readonly name: string;
  readonly client: keyof typeof cleanClients;
  readonly from: string;
  readonly to: string;
  readonly found: RegExp;
  /** The variation under which it shows. */
  readonly variation: string;
}

export const plantedFaults: readonly PlantedFault[] = [
  {
    name: "a wrong path",
    client: "ruby",
    from: "/v1/single-use-token/",
    to: "/v1/single-use-tokens/",
    found: /^client-request-conformance \|.*\| undocumented-path$/,
    variation: "slow",
  },
  {
    name: "a missing key",
    client: "python",
    from: '"xi-api-key": key, ',
    to: "",
    found: /^client-request-conformance \|.*(required|security)/,
    variation: "slow",
  },
  {
    name: "a wrong method",
    client: "php",
    from: "'method' => 'POST'",
    to: "'method' => 'PUT'",
    found: /^client-request-conformance \|.*\| undocumented-method$/,
    variation: "slow",
  },
  {
    name: "a body where none is due",
    client: "ruby",
    from: "Net::HTTP.post(uri, nil,",
    to: 'Net::HTTP.post(uri, "{}",',
    found: /^client-request-conformance \|.*\| undocumented-body$/,
    variation: "slow",
  },
  {
    name: "a value outside the enum",
    client: "node",
    from: "/realtime_scribe",
    to: "/realtime_scribble",
    found: /^client-request-conformance \|.*\| enum/,
    variation: "slow",
  },
  {
    name: "a retry without waiting",
    client: "python",
    from: 'time.sleep(float(error.headers["retry-after"]))',
    to: "time.sleep(0.01)",
    found: /^client-retry \|.*\| retry-without-waiting$/,
    variation: "wait",
  },
  {
    name: "a token sent on to another host",
    client: "node",
    from: 'redirect: "manual"',
    to: 'redirect: "follow"',
    found: /^client-redirect \|.*\| credential-sent-on-header$/,
    variation: "redirect",
  },
];
