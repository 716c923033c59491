/** Reading JSON that came over the wire: everything is `unknown` until one of these has looked at it. */
export type Json = Readonly<Record<string, unknown>>;

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object, or an empty one. */
export const jsonOf = (value: unknown): Json => (isJson(value) ? value : {});
/** The text, or ''. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
/** The list, or an empty one. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
/** The objects of a list; anything else in it is dropped. */
export const jsonsOf = (value: unknown): readonly Json[] => listOf(value).filter(isJson);

/** @returns undefined when the text is not JSON. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
