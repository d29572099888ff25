/**
 * Prism compares each request with every operation of the document, which makes a large document's mock slow, more so
 * the larger it is. This leaves out, for Prism's router, operations that it couldn't match: those with another number of
 * segments, or another literal one. What it then answers is the same, since they would only be thrown away.
 */

const prepared = new WeakMap();

/**
 * @template {{ path: string }} Resource
 * @param {readonly Resource[]} resources every operation, in the document's order
 * @param {string} requestPath
 * @returns {readonly Resource[]} in the same order; all of them when none could match, so that Prism says so itself
 */
export function nearResources(resources, requestPath) {
  const parts = requestPath.split("/");
  const near = (byLength(resources).get(parts.length) ?? []).filter(({ segments }) =>
    segments.every((segment, index) => couldMatch(segment, parts[index] ?? "")),
  );
  return near.length === 0 ? resources : near.map(({ resource }) => resource);
}

/** Templates and percent-encoded segments are left to Prism. */
function couldMatch(segment, part) {
  return segment === part || segment.includes("{") || segment.includes("%") || part.includes("%");
}

function byLength(resources) {
  const known = prepared.get(resources);
  if (known) return known;
  const groups = new Map();
  for (const resource of resources) {
    const segments = resource.path.split("/");
    groups.set(segments.length, [...(groups.get(segments.length) ?? []), { resource, segments }]);
  }
  prepared.set(resources, groups);
  return groups;
}
