import { distance } from "fastest-levenshtein";

/** The name that `wrong` was probably meant to be; undefined when none is near. */
export function nearestName(wrong: string, names: readonly string[]): string | undefined {
  const [best] = names
    .map((name) => ({
      name,
      distance: name.startsWith(wrong) && wrong.length > 1 ? 1 : distance(wrong, name),
    }))
    .sort((a, b) => a.distance - b.distance);
  return best && best.distance <= Math.max(2, Math.floor(wrong.length / 3)) ? best.name : undefined;
}
