import type { Check } from './check.ts';

export const any: Check = () => {};

export const string =
  (max: number, min = 1): Check =>
  (value, at, out) => {
    if (typeof value !== 'string') out.push({ message: 'must provide a string', pointer: at });
    else if (value.length < min) out.push({ message: `must be more than ${min - 1} characters`, pointer: at });
    else if (value.length > max) out.push({ message: `must be less than ${max + 1} characters`, pointer: at });
  };

export const pattern =
  (regExp: RegExp, message: string): Check =>
  (value, at, out) => {
    if (typeof value !== 'string' || !regExp.test(value)) out.push({ message, pointer: at });
  };

export const boolean: Check = (value, at, out) => {
  if (typeof value !== 'boolean') out.push({ message: 'must provide a boolean', pointer: at });
};

export const integer =
  (min: number, max: number): Check =>
  (value, at, out) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) {
      out.push({ message: 'must provide an integer', pointer: at });
    } else if (value < min || value > max) {
      out.push({ message: `must be between ${min} and ${max}`, pointer: at });
    }
  };

export const oneOf =
  (...allowed: readonly unknown[]): Check =>
  (value, at, out) => {
    if (!allowed.includes(value)) out.push({ message: 'must be a valid enum value', pointer: at });
  };
