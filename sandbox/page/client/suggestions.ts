import { received, ui } from './state.ts';

export type Suggestion = { readonly completion: string; readonly usage: string; readonly does: string };

/** As Slack: the commands of the manifest, and until the first word the hint of what may follow. */
export const suggestions = (): readonly Suggestion[] => {
  const { info } = received;
  const typed = /^\/\S* ?$/.exec(ui.draft)?.[0];
  if (!info || !ui.suggesting || typed === undefined || ui.thread !== null) return [];
  return info.commands
    .filter(({ command }) => `${command} `.startsWith(typed))
    .map(({ command, description, hint }) => ({
      completion: `${command} `,
      usage: typed.endsWith(' ') ? `${command} ${hint}` : command,
      does: description,
    }));
};
