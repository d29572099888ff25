import { credentialsIn, type RunOptions } from "../run/run-options.ts";
import { placeholderCredential } from "../wire/credentials.ts";

/**
 * The credentials that a provider has to take for right: those that a run with these options sends, as the providers read
 * them off a request, and the one that stands in where none is given.
 */
export function rightCredentials(
  options: Pick<RunOptions, "headers" | "auth" | "values" | "entries" | "tokens">,
): ReadonlySet<string> {
  const { headers = [], values = [], entries = [], tokens } = options;
  const sent = [...headers, ...entries.flatMap((entry) => entry.headers ?? [])].map(([, value]) => value);
  const given = values.flat().map(({ value }) => String(value));
  return new Set(
    [
      placeholderCredential,
      ...credentialsIn(options).values(),
      ...(tokens?.standIns.values() ?? []),
      ...sent,
      ...given,
    ]
      .flatMap((text) => [text, ...formsOf(text)])
      .filter((text) => text !== ""),
  );
}

/** What may stand in `Bearer TOKEN`, `Basic BASE64`, `user:password` and `a=1; b=2`. */
function formsOf(text: string): readonly string[] {
  const last = text.slice(text.lastIndexOf(" ") + 1);
  const pair = Buffer.from(last, "base64").toString();
  const password = (of: string) => of.slice(of.indexOf(":") + 1);
  return [
    last,
    password(text),
    password(pair),
    ...text.split(/;\s*/).map((part) => part.slice(part.indexOf("=") + 1)),
  ];
}
