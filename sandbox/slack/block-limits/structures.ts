import { type Check, type Checks, isObject, typeOf } from './check.ts';

export type Shape = { readonly need?: Checks; readonly may?: Checks };

export const has = (fields: Readonly<Record<string, unknown>>, key: string): boolean => Object.hasOwn(fields, key);

/** From `min` to `max` items. */
export const list =
  (item: Check, min: number, max: number): Check =>
  (value, at, out) => {
    if (!Array.isArray(value)) {
      out.push({ message: 'must provide an array', pointer: at });
      return;
    }
    if (value.length > max) out.push({ message: `no more than ${max} items allowed`, pointer: at });
    if (value.length < min) out.push({ message: `no fewer than ${min} items allowed`, pointer: at });
    for (const [index, entry] of value.entries()) item(entry, `${at}/${index}`, out);
  };

/** Every `need` must be there; a key outside of `need` and `may` is refused. `type` is `typed`'s. */
export const object =
  (shape: Shape): Check =>
  (value, at, out) => {
    if (!isObject(value)) {
      out.push({ message: 'must provide an object', pointer: at });
      return;
    }
    const need = shape.need ?? {};
    const may = shape.may ?? {};
    for (const key of Object.keys(need)) {
      if (value[key] === undefined) out.push({ message: `missing required field: ${key}`, pointer: at });
    }
    for (const [key, entry] of Object.entries(value)) {
      if (entry === undefined || key === 'type') continue;
      const check = has(need, key) ? need[key] : has(may, key) ? may[key] : undefined;
      if (check) check(entry, `${at}/${key}`, out);
      else out.push({ message: `invalid additional property: ${key}`, pointer: at });
    }
  };

/** Looks the check up by `type`; a type outside the table is refused as Slack refuses it. */
export const typed =
  (table: () => Checks): Check =>
  (value, at, out) => {
    if (!isObject(value)) {
      out.push({ message: 'must provide an object', pointer: at });
      return;
    }
    const checks = table();
    const type = typeOf(value);
    const check = has(checks, type) ? checks[type] : undefined;
    if (check) check(value, at, out);
    else out.push({ message: `unsupported type: ${type || String(value.type)}`, pointer: `${at}/type` });
  };

/** All of them, in order. */
export const both =
  (...checks: readonly Check[]): Check =>
  (value, at, out) => {
    for (const check of checks) check(value, at, out);
  };
