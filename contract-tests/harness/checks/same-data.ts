import { isObject } from "../contract/json-object.ts";

/** How what came back compares with what was sent: the same, the same in different writing, or different. */
export type Likeness = "same" | "rewritten" | "other";

/**
 * Compares data, not texts: instants by time, nothing with null and with an empty list, objects by the members that were
 * sent. Case and blanks around a text make it "rewritten", as some servers do on purpose.
 */
export function likeness(sent: unknown, got: unknown): Likeness {
  if (isNothing(sent) && isNothing(got)) return "same";
  if (typeof sent === "string" && typeof got === "string") return likenessOfTexts(sent, got);
  if (typeof sent === "number" && typeof got === "number") return sent === got ? "same" : "other";
  if (Array.isArray(sent) && Array.isArray(got)) {
    if (sent.length !== got.length) return "other";
    return worst(sent.map((item, index) => likeness(item, got[index])));
  }
  if (isObject(sent) && isObject(got))
    return worst(Object.entries(sent).map(([name, member]) => likeness(member, got[name])));
  return sent === got ? "same" : "other";
}

function likenessOfTexts(sent: string, got: string): Likeness {
  if (sent.normalize() === got.normalize()) return "same";
  const instant = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d/;
  // A server may keep seconds or milliseconds: what it drops below a second isn't another time.
  if (instant.test(sent) && instant.test(got)) {
    const apart = Math.abs(Date.parse(sent) - Date.parse(got));
    return apart === 0 ? "same" : apart < 1_000 || Number.isNaN(apart) ? "rewritten" : "other";
  }
  return plain(sent) === plain(got) ? "rewritten" : "other";
}

function plain(text: string): string {
  return text.normalize("NFKC").trim().toLowerCase();
}

function worst(all: readonly Likeness[]): Likeness {
  return all.includes("other") ? "other" : all.includes("rewritten") ? "rewritten" : "same";
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}
