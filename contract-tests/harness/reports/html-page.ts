import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { type Markup, markup, trusted } from "./markup.ts";

const asset = (name: string) => readFileSync(new URL(`./page/${name}`, import.meta.url), "utf8");
const hashed = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/**
 * An HTML page that stands alone: it asks nobody for anything and runs no script and no style but its own, which its
 * policy (CSP, by hash) makes the browser see to.
 */
export function htmlPage(title: string, body: Markup, scripted?: "with the report's script"): string {
  const style = asset("report.css");
  const script = scripted === undefined ? undefined : asset("report.js");
  const scripts = script === undefined ? "'none'" : hashed(script);
  const policy = `default-src 'none'; style-src ${hashed(style)}; script-src ${scripts}; img-src data:; base-uri 'none'; form-action 'none'`;
  const end = script === undefined ? undefined : markup`<script>${trusted(script)}</script>\n`;
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${trusted(style)}</style>
</head>
<body>
<main>
${body}
</main>
${end}</body>
</html>
`;
  return page.toString();
}
