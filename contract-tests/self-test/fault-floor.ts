import type { ContractScore, Tally } from "./score.ts";

/** The figures that must not fall, by contract. */
export type FaultFloor = Readonly<Record<string, ContractFloor>>;

export interface ContractFloor {
  readonly catalogue: CaughtOf;
  readonly responseMutants: CaughtOf;
  readonly requestMutants: CaughtOf;
  readonly cleanVariations: number;
  readonly validExchanges: number;
}

interface CaughtOf {
  readonly caught: number;
  readonly total: number;
}

export function floorOf(scores: readonly ContractScore[]): FaultFloor {
  return Object.fromEntries(
    scores.map((score) => [
      score.name,
      {
        catalogue: caughtOf(score.catalogue),
        responseMutants: caughtOf(score.responseMutants),
        requestMutants: caughtOf(score.requestMutants),
        cleanVariations: score.clean.variations,
        validExchanges: score.clean.exchanges,
      },
    ]),
  );
}

function caughtOf({ caught, total }: Tally): CaughtOf {
  return { caught, total };
}

/**
 * One sentence for each figure that is worse than the floor: fewer caught, more that survive, fewer valid exchanges,
 * or any false alarm.
 */
export function fallenBelow(floor: FaultFloor, scores: readonly ContractScore[]): readonly string[] {
  const now = floorOf(scores);
  const fallen = Object.entries(floor).flatMap(([name, was]) => {
    const is = now[name];
    if (!is) return [`The ${name} contract is no longer scored.`];
    return [
      ...fallenTally(`faults of the ${name} contract`, was.catalogue, is.catalogue),
      ...fallenTally(`response mutants of the ${name} contract`, was.responseMutants, is.responseMutants),
      ...fallenTally(`request mutants of the ${name} contract`, was.requestMutants, is.requestMutants),
      ...fallenCount(`clean variations of the ${name} contract`, was.cleanVariations, is.cleanVariations),
      ...fallenCount(`valid exchanges of the ${name} contract`, was.validExchanges, is.validExchanges),
    ];
  });
  const alarms = scores.flatMap(({ name, clean }) =>
    clean.falseAlarms.map(({ variation, finding }) => `False alarm on ${name} › ${variation}: ${finding}.`),
  );
  return [...fallen, ...alarms];
}

function fallenTally(what: string, was: CaughtOf, is: CaughtOf): readonly string[] {
  const survived = was.total - was.caught;
  const survive = is.total - is.caught;
  if (is.caught >= was.caught && survive <= survived) return [];
  return [`Of the ${what}, ${is.caught} of ${is.total} are caught; it was ${was.caught} of ${was.total}.`];
}

function fallenCount(what: string, was: number, is: number): readonly string[] {
  return is >= was ? [] : [`There are ${is} ${what}; there were ${was}.`];
}
