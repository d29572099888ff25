import type { Finding } from "../checks/finding.ts";
import type { HttpRequest, HttpResponse } from "../http/message.ts";
import type { RunHeader } from "../run/events.ts";
import { aroundPlace } from "./around-place.ts";
import { printable } from "./console-output.ts";
import { type Markup, markup } from "./markup.ts";
import { shownBody } from "./show-message.ts";
import { placeInContract, replayNote } from "./wording.ts";

/** Lines of the contract shown before and after the one that a finding points at. */
const CONTEXT = 4;

/** How a finding counts, with a sign and a word: colour is never the only difference. */
function kindOf(finding: Finding): { readonly kind: string; readonly sign: string; readonly word: string } {
  if (finding.known !== undefined) return { kind: "known", sign: "◇", word: "known" };
  return finding.severity === "error"
    ? { kind: "fail", sign: "✗", word: "error" }
    : { kind: "warn", sign: "!", word: "warning" };
}

/** A finding as a fold: the sentence outside; inside what was due, what came, the exchange and the contract's lines. */
export function htmlFinding(
  header: RunHeader,
  finding: Finding,
  contractLines: readonly string[],
  anchor: string,
): Markup {
  const { kind, sign, word } = kindOf(finding);
  const { exchange } = finding;
  const note = replayNote(finding);
  return markup`<details class="finding ${kind}" id="${anchor}"${open(anchor)}>
<summary><span class="badge"><span aria-hidden="true">${sign}</span> ${word}</span>
<span class="what"><span class="message">${printable(finding.message)}</span>
<span class="where"><code>${finding.check}</code> <code>${printable(finding.operation)}</code>${
    finding.intermittent === true ? markup` <span class="mark">intermittent</span>` : undefined
  }${finding.occurrences > 1 ? markup` <span class="mark">${finding.occurrences} times</span>` : undefined}</span></span></summary>
<div class="inside">
${
  finding.known === undefined
    ? undefined
    : markup`<p class="note">Known until <b>${finding.known.expires}</b>: ${finding.known.reason}</p>`
}
<div class="compare">
<div class="expected"><h3>Expected</h3><pre>${printable(finding.expected)}</pre></div>
<div class="actual"><h3>Actual</h3><pre>${printable(finding.actual)}</pre></div>
</div>
<h3>Reproduce</h3>
<div class="copyable"><pre class="wrap"><code>${printable(finding.curl)}</code></pre><button type="button" class="copy" hidden>Copy</button></div>
${note === undefined ? undefined : markup`<p class="quiet">${printable(note)}</p>`}
<h3>Exchange <span class="quiet">${printable(finding.caseId)}</span></h3>
<div class="exchange">${request(exchange.case.request)}${
    exchange.response === undefined
      ? markup`<div><h4>No response</h4><pre>${exchange.failure?.code ?? ""} ${printable(exchange.failure?.message ?? "")}</pre></div>`
      : response(exchange.response)
  }</div>
<h3>Contract <span class="quiet">${placeInContract(header, finding)}</span></h3>
<p class="pointer"><code>${finding.pointer}</code></p>
${finding.file === undefined ? excerpt(contractLines, finding) : undefined}
<p class="quiet id">Finding <code>${finding.id}</code></p>
</div>
</details>`;
}

/** The first finding is open, so that nobody has to guess what is inside. */
function open(anchor: string): Markup | undefined {
  return anchor === "finding-1" ? markup` open` : undefined;
}

function request(message: HttpRequest): Markup {
  return markup`<div><h4>Request</h4><pre><b>${printable(`${message.method} ${message.path}`)}</b>
${headers(message)}</pre>${message.body === undefined ? undefined : body(message.body, message)}</div>`;
}

function response(message: HttpResponse): Markup {
  const cut = message.truncated === true ? markup` <span class="mark">cut short</span>` : undefined;
  return markup`<div><h4>Response <span class="quiet">${Math.round(message.durationMs)} ms</span>${cut}</h4><pre><b>${message.status}</b>
${headers(message)}</pre>${body(message.body, message)}</div>`;
}

function headers({ headers: lines }: HttpRequest | HttpResponse): Markup[] {
  return lines.map(
    ([name, value]) => markup`<span class="name">${printable(name)}</span>: ${printable(value)}
`,
  );
}

function body(bytes: Uint8Array, { headers: lines }: HttpRequest | HttpResponse): Markup {
  if (bytes.length === 0) return markup`<p class="quiet">no body</p>`;
  const { text, notes } = shownBody(bytes, lines);
  return markup`<pre class="body">${text}</pre>${notes.length === 0 ? undefined : markup`<p class="quiet">${notes.join(", ")}</p>`}`;
}

function excerpt(
  lines: readonly string[],
  { line, pointer }: Pick<Finding, "line" | "pointer">,
): Markup | undefined {
  if (line < 1 || line > lines.length) return undefined;
  const first = Math.max(1, line - CONTEXT);
  const shown = lines.slice(first - 1, line + CONTEXT);
  const width = String(first + shown.length).length;
  return markup`<pre class="excerpt">${shown.map((text, index) => {
    const number = first + index;
    const row = `${number === line ? "▸" : " "} ${String(number).padStart(width)}  ${printable(aroundPlace(text, number === line ? pointer : ""))}`;
    return number === line ? markup`<mark>${row}</mark>\n` : markup`<span>${row}</span>\n`;
  })}</pre>`;
}
