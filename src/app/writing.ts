import type { CommandName } from '../slack/command-types.ts';

/** Commands that change something, or prepare it: their failures say that nothing was sent. */
export const WRITING: ReadonlySet<CommandName> = new Set(['bill', 'comment', 'create', 'update', 'close', 'timer']);
