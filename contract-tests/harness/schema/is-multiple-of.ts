import { decimalOf } from "../contract/decimal.ts";

/**
 * True when `value` is `divisor` times an integer, by their decimals rather than by their binary approximations: 19.99
 * is a multiple of 0.01 (JSON Schema 2020-12, Validation, section 6.2.1).
 */
export function isMultipleOf(value: number | bigint, divisor: number | bigint): boolean {
  if (!isFiniteNumber(value) || !isFiniteNumber(divisor) || divisor <= 0) return false;
  if (Number.isSafeInteger(value) && Number.isSafeInteger(divisor))
    return Number(value) % Number(divisor) === 0;
  const dividend = decimalOf(value);
  const unit = decimalOf(divisor);
  const shift = dividend.exponent - unit.exponent;
  const scaled = shift >= 0 ? dividend.digits * 10n ** BigInt(shift) : dividend.digits;
  const scaledUnit = shift >= 0 ? unit.digits : unit.digits * 10n ** BigInt(-shift);
  return scaled % scaledUnit === 0n;
}

function isFiniteNumber(value: number | bigint): boolean {
  return typeof value === "bigint" || Number.isFinite(value);
}
