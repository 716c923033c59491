import { received, ui } from './state.ts';

export type Suggestion = { readonly completion: string; readonly usage: string; readonly does: string };

/** What a beginning of a command may become: from the manifest, then from the table of commands. */
export const suggestions = (): readonly Suggestion[] => {
  const { info } = received;
  if (!info || !ui.suggesting || !ui.draft.startsWith('/') || ui.thread !== null) return [];
  const [, command = '', space, word = '', more] = /^(\/\S*)(\s+)?(\S*)([\s\S]*)$/.exec(ui.draft) ?? [];
  if (space === undefined)
    return info.commands
      .filter((each) => each.command.startsWith(command))
      .map((each) => ({ completion: `${each.command} `, usage: each.command, does: each.description }));
  if (more || !info.commands.some((each) => each.command === command)) return [];
  return info.subcommands
    .filter(({ name }) => name.startsWith(word.toLowerCase()))
    .map(({ name, usage, does }) => ({ completion: `${command} ${name} `, usage, does }));
};
