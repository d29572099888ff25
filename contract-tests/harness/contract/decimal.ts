/** A decimal number, exactly: `digits` times ten to the power of `exponent`. 0.01 is `{ digits: 1n, exponent: -2 }`. */
export interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

/** Of a JSON number's text, of an integer, or of a double: the shortest decimal that stands for it. */
export function decimalOf(value: string | number | bigint): Decimal {
  if (typeof value === "bigint") return { digits: value, exponent: 0 };
  const text = typeof value === "number" ? value.toExponential() : value;
  const [mantissa = "0", power = "0"] = text.toLowerCase().split("e");
  const [whole = "0", fraction = ""] = mantissa.split(".");
  return { digits: BigInt(whole + fraction), exponent: Number(power) - fraction.length };
}
