import { parseCommand } from '../../src/app/features.ts';
import type { NotUnderstood } from '../../src/slack/feature.ts';

/** What is understood behind `/syncro`, as a value: the command's name and what was read out of the rest. */
export const readCommand = (
  text: string,
  mentioned?: readonly string[],
): { readonly ok: true; readonly command: object } | NotUnderstood => {
  const parsed = parseCommand(text, mentioned);
  return parsed.ok ? { ok: true, command: { name: parsed.row.name, ...Object(parsed.args) } } : parsed;
};
