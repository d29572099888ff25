import { InputError } from "../cli/input-error.ts";
import { proposeVersion } from "../import/propose-version.ts";
import type { Bump } from "../spec-diff/change.ts";

/** What a release changes, before anything is written. */
export interface ReleasePlan {
  readonly version: string;
  readonly bump: Bump;
  /** The changelog with the entries under their version, and an empty section for the next ones. */
  readonly changelog: string;
  /** The entries, for the tag and the release's page. */
  readonly notes: string;
}

const heading = "## Unreleased";
const order = ["patch", "minor", "major"] as const;

/**
 * The next version by what the changelog says since the last one, each entry rated by its section (Keep a Changelog) or
 * by the rating of the page's change that it names: "Removed" and `**breaking**` are breaking, "Fixed" and "Security" are
 * patches, and all else is an addition.
 *
 * @param version the version in package.json, which the first release has as it is
 * @param hasRelease whether that version was released before
 * @param today YYYY-MM-DD
 * @throws InputError when the changelog tells of nothing new
 */
export function planRelease(
  changelog: string,
  version: string,
  hasRelease: boolean,
  today: string,
): ReleasePlan {
  const at = changelog.indexOf(`${heading}\n`);
  if (at < 0)
    throw new InputError(`CHANGELOG.md: has no section "${heading}"; add it above the last version.`);
  const start = at + heading.length + 1;
  const next = changelog.slice(start).search(/^## /m);
  const end = next < 0 ? changelog.length : start + next;
  const notes = changelog.slice(start, end).trim();
  const ratings = rate(notes);
  if (ratings.length === 0)
    throw new InputError(`CHANGELOG.md: "${heading}" has no entry; say what is new before you release.`);
  const bump = order[Math.max(...ratings.map((rating) => order.indexOf(rating)))] ?? "patch";
  const released = hasRelease ? proposeVersion(version, bump) : version;
  return {
    version: released,
    bump,
    changelog: `${changelog.slice(0, start)}\n## ${released} - ${today}\n\n${notes}\n${next < 0 ? "" : "\n"}${changelog.slice(end)}`,
    notes,
  };
}

/** The rating of every entry; a heading that isn't one of Keep a Changelog's is an addition's. */
function rate(notes: string): Bump[] {
  const ratings: Bump[] = [];
  let section: Bump = "minor";
  for (const line of notes.split("\n")) {
    const [, title] = /^### (.*)$/.exec(line) ?? [];
    if (title) section = sectionRating(title.trim());
    else if (line.startsWith("- ")) ratings.push(entryRating(line) ?? section);
  }
  return ratings;
}

function sectionRating(title: string): Bump {
  if (title === "Removed") return "major";
  return title === "Fixed" || title === "Security" ? "patch" : "minor";
}

function entryRating(line: string): Bump | undefined {
  if (line.includes("**breaking**")) return "major";
  const [, rated] = /\((minor|patch); proposed version/.exec(line) ?? [];
  return rated === "minor" || rated === "patch" ? rated : undefined;
}
