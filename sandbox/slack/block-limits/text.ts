import type { Check } from './check.ts';
import { both, object, typed } from './structures.ts';
import { boolean, pattern, string } from './values.ts';

/** A block_id, action_id, callback_id, or the id of a person or channel. */
export const id = string(255);
export const plainShape = (max: number, min: number): Check =>
  object({ need: { text: string(max, min) }, may: { emoji: boolean } });
export const mrkdwnShape = (max: number, min: number): Check =>
  object({ need: { text: string(max, min) }, may: { verbatim: boolean } });
/** A `plain_text` object. */
export const plain = (max: number): Check => typed(() => ({ plain_text: plainShape(max, 1) }));
/** A `plain_text` or `mrkdwn` object. */
export const text = (max: number, min = 1): Check =>
  typed(() => ({ plain_text: plainShape(max, min), mrkdwn: mrkdwnShape(max, min) }));

export const url = (max = 3000): Check => both(string(max), pattern(/^[a-z][a-z0-9+.-]*:/i, 'must be a valid url'));
