/**
 * How long a text has to be, at least roughly, to match a pattern: of alternatives the longest counts. It is known before
 * any text is made, and errs on the long side.
 */
export function leastLength(pattern: string): number {
  const outer: { total: number; longest: number }[] = [];
  let group = { total: 0, longest: 0 };
  let last = 0;
  const close = () => Math.max(group.total, group.longest);
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern[index];
    const next = (length: number) => {
      group.total += length;
      last = length;
    };
    if (character === "(") {
      outer.push(group);
      group = { total: 0, longest: 0 };
      last = 0;
    } else if (character === ")") {
      const length = close();
      group = outer.pop() ?? { total: 0, longest: 0 };
      next(length);
    } else if (character === "|") {
      group = { total: 0, longest: close() };
      last = 0;
    } else if (character === "{") {
      const count = /^\{(\d+)/.exec(pattern.slice(index, index + 20))?.[1];
      if (count === undefined) continue;
      group.total += last * (Number(count) - 1);
      last *= Number(count);
      const end = pattern.indexOf("}", index);
      if (end !== -1) index = end;
    } else if (character === "[") {
      while (index < pattern.length && pattern[index] !== "]") index += pattern[index] === "\\" ? 2 : 1;
      next(1);
    } else if (character === "\\") {
      index++;
      next(1);
    } else if (
      character !== "^" &&
      character !== "$" &&
      character !== "?" &&
      character !== "*" &&
      character !== "+"
    )
      next(1);
  }
  while (outer.length > 0) {
    const length = close();
    group = outer.pop() ?? group;
    group.total += length;
  }
  return close();
}
