import type { Method } from './api-chat.ts';
import { type BlockProblem, checkBlocks, checkMessage, checkView } from './block-limits.ts';
import { refusal } from './core.ts';
import { type Json, jsonOf } from './json.ts';

/** Only `enum` is documented; the other names are ours. */
const CONSTRAINTS: readonly (readonly [message: RegExp, type: string])[] = [
  [/^unsupported type: (.+)$/, 'enum'],
  [/^must be less than (\d+) characters/, 'max_length'],
  [/^must be more than (\d+) characters/, 'min_length'],
  [/^no more than (\d+) items/, 'max_items'],
  [/^no fewer than (\d+) items/, 'min_items'],
  [/^missing required field: (.+)$/, 'required'],
  [/^invalid additional property: (.+)$/, 'additional_properties'],
];

const constraintOf = (message: string): Json => {
  for (const [pattern, type] of CONSTRAINTS) {
    const detail = pattern.exec(message)?.[1];
    if (detail !== undefined) return type === 'enum' ? { type, got: detail } : { type, expected: [detail] };
  }
  return { type: 'schema' };
};

const errorJson = ({ message, pointer }: BlockProblem): Json => ({
  code: 'failed_constraint',
  message,
  pointer,
  constraint: constraintOf(message),
});

/** A bare list is judged as a message's. Pointers into it start at its first index, as in Slack's example. */
const inList = ({ message, pointer }: BlockProblem): BlockProblem => ({
  message,
  pointer: pointer.replace(/^\/blocks/, ''),
});

const KINDS: Readonly<Record<string, (given: unknown) => readonly BlockProblem[]>> = {
  blocks: (given) => checkBlocks(given, 'message').map(inList),
  message: (given) => checkMessage(jsonOf(given)),
  view: checkView,
};

/**
 * Judges without sending, so what it finds is no problem of the sandbox. Needs no token.
 * @see https://docs.slack.dev/reference/methods/blocks.validate
 */
const validate: Method = (_core, args) => {
  const given = Object.keys(KINDS).filter((kind) => args[kind] !== undefined);
  const [kind = ''] = given;
  if (given.length !== 1) {
    const messages = ['must provide exactly one of `blocks`, `view`, or `message`'];
    return refusal('invalid_arguments', [], { response_metadata: { messages } });
  }
  const found = KINDS[kind]?.(args[kind]) ?? [];
  return found.length > 0 ? { ok: false, error: `invalid_${kind}`, errors: found.map(errorJson) } : { ok: true };
};

export const BLOCK_METHODS: Readonly<Record<string, Method>> = { 'blocks.validate': validate };
