import type { Check, Checks } from './check.ts';
import { list, object, type Shape, typed } from './structures.ts';
import { id } from './text.ts';

/** Every block may have an id. */
export const block = (shape: Shape): Check => object({ ...shape, may: { ...shape.may, block_id: id } });
export const elements = (table: () => Checks, min: number, max: number): Check => list(typed(table), min, max);
