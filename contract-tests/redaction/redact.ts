import type {
  Exchange,
  Finding,
  HeaderLine,
  HttpRequest,
  HttpResponse,
  RunEvent,
  RunHeader,
  RunSummary,
} from "../engine/model.ts";
import { namedValues } from "./named-values.ts";
import { redactBody } from "./redact-body.ts";
import { credentialsIn, redactHeaderValue } from "./redact-header.ts";
import { SecretMatcher, SHORTEST_SECRET } from "./secret-matcher.ts";
import { secretShapes } from "./secret-shapes.ts";
import { sensitiveNames } from "./sensitive-names.ts";

export interface RedactorOptions {
  /** Names beyond the usual ones whose values are secret, in lower case: see `contractSecretNames`. */
  readonly names?: ReadonlySet<string>;
  /** What secrets look like, under whatever name (a global expression): see `secretShapes`. */
  readonly shapes?: RegExp;
}

/**
 * Takes secrets out of everything that is shown, written or kept. A secret is replaced by `REDACTED-1`, `REDACTED-2`,
 * …: the same secret always by the same word, so that equal and different values stay so; a value whose name alone
 * tells that it is secret becomes `REDACTED`. Empty values stay empty.
 */
export interface Redactor {
  /** Any text for people: a message, a curl line, an address. */
  text(text: string): string;
  headers(lines: readonly HeaderLine[]): readonly HeaderLine[];
  request(request: HttpRequest): HttpRequest;
  response(response: HttpResponse): HttpResponse;
  exchange(exchange: Exchange): Exchange;
  finding(finding: Finding): Finding;
  header(header: RunHeader): RunHeader;
  summary(summary: RunSummary): RunSummary;
  /** What every report is to be fed with. Values minted by the target are learned here, before anything is shown. */
  event(event: RunEvent): RunEvent;
  /** Makes a value secret from now on: a key typed in late, a token just minted. */
  learn(secret: string): void;
}

/** A minted value is looked for everywhere only if it can't be an ordinary word: `string` is what mocks answer. */
function looksMinted(value: string): boolean {
  return value.length >= 8 && !/\s/.test(value) && (/\d/.test(value) || value.length >= 20);
}

const USER_INFO = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/?#@"'<>]+@/gi;
const AUTH_SCHEME = /\b(Bearer|Basic|Digest|Negotiate)(\s+|%20|\+)([A-Za-z0-9+/_~.=-]{6,})/g;
const HEADER_ARGUMENT = /(-H\s+|--header[\s=]+)(["'])([\w-]+)(:\s*)([^"'\n]*)/g;

/**
 * @param secrets the credentials in use; each is found raw, percent-encoded, form-encoded, JSON- and HTML-escaped (in
 * part or whole, up to three layers deep), as hex, as UTF-16 and in Base64 or Base64url at every alignment (so in
 * `Basic` pairs too), letters in either case. Secrets under 8 characters match only as whole words; under 4, only
 * by the name they stand under.
 */
export function createRedactor(secrets: readonly string[], options: RedactorOptions = {}): Redactor {
  const matcher = new SecretMatcher();
  const labels = new Map<string, string>();
  const names = sensitiveNames(options.names);
  const exchanges = new WeakMap<Exchange, Exchange>();
  const learnt = new WeakSet<Exchange>();

  function learn(secret: string): void {
    if (secret.length < SHORTEST_SECRET || labels.has(secret)) return;
    const label = `REDACTED-${labels.size + 1}`;
    labels.set(secret, label);
    matcher.add(secret, label);
  }

  function learnMinted(value: string): void {
    if (looksMinted(value) && !value.startsWith("REDACTED")) learn(value);
  }

  /** Replaces ranges from the end, so that earlier ones keep their place. */
  function withoutSecrets(text: string): string {
    let result = "";
    let from = 0;
    for (const { start, end, label } of matcher.find(text)) {
      result += text.slice(from, start) + label;
      from = end;
    }
    return result + text.slice(from);
  }

  function withoutNamedValues(text: string): string {
    let result = "";
    let from = 0;
    for (const { start, end, replacement } of namedValues(text, names)) {
      result += text.slice(from, start) + replacement;
      from = end;
    }
    return result + text.slice(from);
  }

  const shapes = options.shapes ?? secretShapes(undefined);

  function learnShapes(text: string): void {
    for (const [secret] of text.matchAll(shapes)) if (!labels.has(secret)) learn(secret);
  }

  function plain(text: string): string {
    learnShapes(text);
    return withoutNamedValues(withoutSecrets(text));
  }

  function text(input: string): string {
    return plain(input)
      .replace(USER_INFO, "$1REDACTED@")
      .replace(AUTH_SCHEME, (whole, scheme: string, space: string, value: string) =>
        value.startsWith("REDACTED") ? whole : `${scheme}${space}REDACTED`,
      )
      .replace(
        HEADER_ARGUMENT,
        (whole, option: string, quote: string, name: string, colon: string, value: string) =>
          names.has(name) && !value.includes("$")
            ? option + quote + name + colon + redactHeaderValue(name, value)
            : whole,
      );
  }

  function headers(lines: readonly HeaderLine[]): readonly HeaderLine[] {
    return lines.map(([name, value]): HeaderLine => {
      const shown = plain(value);
      return [
        name,
        names.has(name) ? redactHeaderValue(name, shown) : shown.replace(USER_INFO, "$1REDACTED@"),
      ];
    });
  }

  function body(bytes: Uint8Array, lines: readonly HeaderLine[]) {
    return redactBody(bytes, lines, plain);
  }

  /** A redacted body has another length: the declared one moves along, so that a wrong one stays exactly as wrong. */
  function message<Message extends { readonly headers: readonly HeaderLine[]; readonly body?: Uint8Array }>(
    original: Message,
  ): Message {
    const shown = headers(original.headers);
    if (original.body === undefined) return { ...original, headers: shown };
    const redacted = body(original.body, original.headers);
    const change = redacted.length - original.body.length;
    return { ...original, headers: change === 0 ? shown : shiftedLength(shown, change), body: redacted };
  }

  const request = (original: HttpRequest): HttpRequest => ({
    ...message(original),
    path: plain(original.path),
  });
  const response = (original: HttpResponse): HttpResponse => message(original);

  function learnFrom(exchange: Exchange): void {
    if (learnt.has(exchange)) return;
    learnt.add(exchange);
    for (const { value } of credentialsIn(exchange.case.request.headers, names)) learnMinted(value);
    for (const { value } of namedValues(exchange.case.request.path, names)) learnMinted(value);
    if (exchange.case.request.body !== undefined) {
      redactBody(exchange.case.request.body, exchange.case.request.headers, learnFromText);
    }
    if (exchange.response === undefined) return;
    for (const { value } of credentialsIn(exchange.response.headers, names)) learnMinted(value);
    redactBody(exchange.response.body, exchange.response.headers, learnFromText);
  }

  function learnFromText(content: string): string {
    learnShapes(content);
    for (const { value } of namedValues(content, names)) learnMinted(value);
    return content;
  }

  function exchange(original: Exchange): Exchange {
    const known = exchanges.get(original);
    if (known !== undefined) return known;
    learnFrom(original);
    const redacted: Exchange = {
      ...original,
      case: { ...original.case, id: plain(original.case.id), request: request(original.case.request) },
      ...(original.response === undefined ? {} : { response: response(original.response) }),
      ...(original.failure === undefined
        ? {}
        : { failure: { ...original.failure, message: text(original.failure.message) } }),
    };
    exchanges.set(original, redacted);
    return redacted;
  }

  function finding(original: Finding): Finding {
    const redacted = exchange(original.exchange);
    return {
      ...original,
      caseId: plain(original.caseId),
      message: text(original.message),
      expected: text(original.expected),
      actual: text(original.actual),
      curl: text(original.curl),
      exchange: redacted,
    };
  }

  function header(original: RunHeader): RunHeader {
    const { address } = original.target;
    if (URL.canParse(address)) for (const secret of percentForms(new URL(address).password)) learn(secret);
    return { ...original, target: { ...original.target, address: text(address) } };
  }

  const summary = (original: RunSummary): RunSummary => ({
    ...original,
    findings: original.findings.map(finding),
    notJudged: original.notJudged.map((item) => ({ ...item, reason: text(item.reason) })),
  });

  function event(original: RunEvent): RunEvent {
    switch (original.type) {
      case "run-started":
        return { ...original, header: header(original.header) };
      case "exchange":
        learnFrom(original.exchange);
        return {
          type: "exchange",
          // Most exchanges are looked at by no report: they are redacted when one does.
          get exchange() {
            return exchange(original.exchange);
          },
          findings: original.findings.map(finding),
        };
      case "not-judged":
        return { ...original, item: { ...original.item, reason: text(original.item.reason) } };
      case "run-finished":
        return { ...original, header: header(original.header), summary: summary(original.summary) };
      case "operation-started":
      case "operation-finished":
        return original;
    }
  }

  for (const secret of secrets) learn(secret);
  return { text, headers, request, response, exchange, finding, header, summary, event, learn };
}

function shiftedLength(lines: readonly HeaderLine[], change: number): readonly HeaderLine[] {
  return lines.map(([name, value]): HeaderLine => {
    const declared =
      name.toLowerCase() === "content-length" && /^\d+$/.test(value) ? Number(value) : undefined;
    return [name, declared === undefined ? value : String(Math.max(0, declared + change))];
  });
}

/** A text as it stands in a URL and as it is meant; malformed escapes mean themselves. */
function percentForms(text: string): readonly string[] {
  try {
    return [text, decodeURIComponent(text)];
  } catch {
    return [text];
  }
}
