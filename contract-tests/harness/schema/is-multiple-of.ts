/**
 * True when `value` is `divisor` times an integer, by their decimals rather than by their binary approximations: 19.99
 * is a multiple of 0.01 (JSON Schema 2020-12, Validation, section 6.2.1).
 */
export function isMultipleOf(value: number, divisor: number): boolean {
  if (!Number.isFinite(value) || !Number.isFinite(divisor) || divisor <= 0) return false;
  if (Number.isSafeInteger(value) && Number.isSafeInteger(divisor)) return value % divisor === 0;
  const [digits, exponent] = decimal(value);
  const [divisorDigits, divisorExponent] = decimal(divisor);
  const shift = exponent - divisorExponent;
  const scaled = shift >= 0 ? digits * 10n ** BigInt(shift) : digits;
  const scaledDivisor = shift >= 0 ? divisorDigits : divisorDigits * 10n ** BigInt(-shift);
  return scaled % scaledDivisor === 0n;
}

/** The shortest decimal that stands for a number, as digits and a power of ten: 0.01 is `[1n, -2]`. */
function decimal(value: number): readonly [digits: bigint, exponent: number] {
  const [mantissa = "0", power = "0"] = value.toExponential().split("e");
  const [whole = "0", fraction = ""] = mantissa.split(".");
  return [BigInt(whole + fraction), Number(power) - fraction.length];
}
