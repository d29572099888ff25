import type { Exchange, Finding } from "../checks/finding.ts";
import type { HeaderLine, HttpRequest, HttpResponse } from "../http/message.ts";
import type { RunEvent, RunHeader, RunSummary } from "../run/events.ts";
import type { Sensitivity } from "../run/sensitivity.ts";
import { namedValues } from "./named-values.ts";
import { redactBody } from "./redact-body.ts";
import { credentialsIn } from "./redact-header.ts";
import { createTextRedactor, type Origin, type RedactorOptions } from "./redact-text.ts";

/**
 * Takes secrets out of everything that is shown, written or kept. A secret is replaced by `REDACTED-1`, `REDACTED-2`,
 * …: the same secret always by the same word, so that equal and different values stay so; a value whose name alone
 * tells that it is secret becomes `REDACTED`. Empty values stay empty.
 */
export interface Redactor {
  /** Any text for people: a message, a curl line, an address. */
  text(text: string): string;
  /** A whole file or line that was made of redacted parts: known secrets that got there all the same are taken out. */
  hide(text: string): string;
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

/**
 * @param secrets the credentials in use; each is found raw, percent-encoded, form-encoded, JSON- and HTML-escaped (in
 * part or whole, up to three layers deep), as hex, as UTF-16 and in Base64 or Base64url at every alignment (so in
 * `Basic` pairs too), letters in either case. Secrets under 8 characters match only as whole words; under 4, only
 * by the name they stand under.
 */
export function createRedactor(secrets: readonly string[], options: RedactorOptions = {}): Redactor {
  const { names, learn, learnMinted, learnShapes, plain, known, text, headers } = createTextRedactor(
    secrets,
    options,
  );
  const published = options.published ?? new Set();
  const exchanges = new WeakMap<Exchange, Exchange>();
  const learnt = new WeakSet<Exchange>();

  /** A redacted body has another length: the declared one moves along, so that a wrong one stays exactly as wrong. */
  function message<Message extends { readonly headers: readonly HeaderLine[]; readonly body?: Uint8Array }>(
    original: Message,
    origin: Origin,
  ): Message {
    const shown = headers(original.headers, origin);
    if (original.body === undefined) return { ...original, headers: shown };
    const redacted = redactBody(original.body, original.headers, (content) => plain(content, origin));
    const change = redacted.length - original.body.length;
    return { ...original, headers: change === 0 ? shown : shiftedLength(shown, change), body: redacted };
  }

  const request = (original: HttpRequest, origin: Origin = "received"): HttpRequest => ({
    ...message(original, origin),
    path: plain(original.path, origin),
  });
  const response = (original: HttpResponse): HttpResponse => message(original, "received");

  function learnFrom(exchange: Exchange): void {
    if (learnt.has(exchange)) return;
    learnt.add(exchange);
    const { request: asked } = exchange.case;
    const madeUp = originOf(exchange) === "made-up" ? `${asked.path}\n${textOf(asked.body)}` : "";
    const isSecret = (value: string) => published.has(value) || !madeUp.includes(value);
    const learnFromText = (content: string): string => {
      learnShapes(content);
      for (const { value } of namedValues(content, names)) if (isSecret(value)) learnMinted(value);
      return content;
    };
    for (const { value } of credentialsIn(asked.headers, names))
      if (originOf(exchange) === "received" || published.has(value)) learnMinted(value);
    for (const { value } of namedValues(asked.path, names)) if (isSecret(value)) learnMinted(value);
    if (asked.body !== undefined) redactBody(asked.body, asked.headers, learnFromText);
    if (exchange.response === undefined) return;
    for (const { value } of credentialsIn(exchange.response.headers, names)) learnMinted(value);
    redactBody(exchange.response.body, exchange.response.headers, learnFromText);
  }

  function exchange(original: Exchange): Exchange {
    const known = exchanges.get(original);
    if (known !== undefined) return known;
    learnFrom(original);
    const changed: Exchange = {
      ...original,
      case: {
        ...original.case,
        id: plain(original.case.id),
        request: request(original.case.request, originOf(original)),
      },
      ...(original.response === undefined ? {} : { response: response(original.response) }),
      ...(original.failure === undefined
        ? {}
        : { failure: { ...original.failure, message: text(original.failure.message) } }),
    };
    const redacted: Exchange = isChanged(original, changed) ? { ...changed, isRedacted: true } : changed;
    exchanges.set(original, redacted);
    return redacted;
  }

  function finding(original: Finding): Finding {
    const redacted = exchange(original.exchange);
    return {
      ...original,
      // A server may use a secret as a property's name.
      id: plain(original.id),
      caseId: plain(original.caseId),
      message: text(original.message),
      expected: text(original.expected),
      actual: text(original.actual),
      curl: text(original.curl, originOf(original.exchange)),
      exchange: redacted,
      ...(original.steps === undefined ? {} : { steps: original.steps.map(exchange) }),
    };
  }

  function header(original: RunHeader): RunHeader {
    const { address } = original.target;
    for (const { value } of namedValues(address, names)) learn(value);
    if (URL.canParse(address)) for (const secret of percentForms(new URL(address).password)) learn(secret);
    return { ...original, target: { ...original.target, address: text(address) } };
  }

  const summary = (original: RunSummary): RunSummary => ({
    ...original,
    findings: original.findings.map(finding),
    notJudged: original.notJudged.map((item) => ({ ...item, reason: text(item.reason) })),
    ...(original.sensitivity ? { sensitivity: sensitivity(original.sensitivity) } : {}),
    ...(original.stopped ? { stopped: { ...original.stopped, reason: text(original.stopped.reason) } } : {}),
  });

  const sensitivity = (original: Sensitivity): Sensitivity => ({
    ...original,
    missed: original.missed.map((fault) => ({ ...fault, id: text(fault.id) })),
    notMeasured: original.notMeasured.map((item) => ({ ...item, reason: text(item.reason) })),
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
      case "waiting":
      case "measuring":
      case "operation-finished":
        return original;
    }
  }

  return {
    text: (shown) => text(shown),
    hide: known,
    headers: (lines) => headers(lines),
    request: (sent) => request(sent),
    response,
    exchange,
    finding,
    header,
    summary,
    event,
    learn,
  };
}

/** True when more than the words around it are others. */
function isChanged(before: Exchange, after: Exchange): boolean {
  const content = ({ case: { request }, response }: Exchange) =>
    [request, response].map((message) => message && [message.headers, textOf(message.body)]);
  return (
    before.case.request.path !== after.case.request.path ||
    JSON.stringify(content(before)) !== JSON.stringify(content(after))
  );
}

/** Requests of a recording are somebody's; all others are the harness's own. */
function originOf({ case: { phase } }: Exchange): Origin {
  return phase === "recorded" ? "received" : "made-up";
}

function textOf(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? "" : Buffer.from(bytes).toString("latin1");
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
