import type { RunSummary } from "../run/events.ts";
import type { MissedFault, NotMeasured } from "../run/sensitivity.ts";
import { type Markup, markup } from "./markup.ts";
import { counted, faultsWords, grouped, groupNotJudged } from "./wording.ts";

/** More missed faults than these stand in the JSON report alone. */
const mostListed = 1_000;

/** Which faults the run would have noticed: the figure, every one that it would not, and what wasn't measured. */
export function htmlSensitivity(summary: RunSummary): Markup | undefined {
  const { sensitivity, sensitivityRequired } = summary;
  if (!sensitivity) return undefined;
  const { percent, missed, notMeasured, ofServer } = sensitivity;
  return markup`<section id="sensitivity"><h2>Sensitivity <span class="count">${percent}%</span></h2>
<p class="quiet">${
    sensitivityRequired === undefined
      ? undefined
      : markup`<span class="bad">Less than the ${sensitivityRequired}% that --min-sensitivity requires.</span> `
  }Servers that each violate one rule of this contract were judged with this run's options. ${ofServer ? "The same run against a server would catch" : "It would have caught"} ${faultsWords(sensitivity)}.</p>
${missedFaults(missed)}
${unmeasured(notMeasured)}
</section>`;
}

function missedFaults(missed: readonly MissedFault[]): Markup | undefined {
  if (missed.length === 0) return undefined;
  const more = missed.length - mostListed;
  return markup`<h3>Would have been missed <span class="count">${grouped(missed.length)}</span></h3>
<div class="scroll" tabindex="0" role="region" aria-label="Faults that would have been missed"><table>
<thead><tr><th scope="col">fault</th><th scope="col">why</th><th scope="col">caught with</th></tr></thead>
<tbody>
${missed.slice(0, mostListed).map(
  ({ id, reason, remedy }) =>
    markup`<tr><th scope="row"><code>${id}</code></th><td>${reason}</td><td>${remedy === undefined ? "–" : markup`<code>${remedy}</code>`}</td></tr>
`,
)}</tbody>
</table></div>
${more > 0 ? markup`<p class="quiet">… and ${counted(more, "more")}: see them all with --report FILE.json.</p>` : undefined}`;
}

function unmeasured(items: readonly NotMeasured[]): Markup | undefined {
  if (items.length === 0) return undefined;
  return markup`<h3>Not measured <span class="count">${grouped(items.length)}</span></h3>
<ul class="gaps">${groupNotJudged(items).map(
    ({ reason, operations }) =>
      markup`<li>${reason} ${
        operations.length === 1
          ? markup`<code>${operations[0]}</code>`
          : markup`<details><summary>${counted(operations.length, "operation")}</summary><ul>${operations.map((operation) => markup`<li><code>${operation}</code></li>`)}</ul></details>`
      }</li>`,
  )}</ul>`;
}
