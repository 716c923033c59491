/** `pointer` is a JSON pointer into what was given: `/blocks/0/text/text`. */
export type BlockProblem = { readonly message: string; readonly pointer: string };
export type Surface = 'message' | 'modal' | 'home';

/** Adds what is wrong with `value`, which stands at the pointer `at`, to `out`. */
export type Check = (value: unknown, at: string, out: BlockProblem[]) => void;
/** A check per key, or per `type`. */
export type Checks = Readonly<Record<string, Check>>;

type Fields = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** An object's `type`, or ''. */
export const typeOf = (value: unknown): string => (isObject(value) && typeof value.type === 'string' ? value.type : '');
