import type { Asked } from '../../slack/asked.ts';
import { aboutMessage, helpMessage, namedCommands, unknownCommandMessage, unknownWord } from '../../slack/command.ts';
import {
  type CommandWords,
  command,
  type Feature,
  type Rows,
  reads,
  understood,
  withUse,
} from '../../slack/feature.ts';
import { modal } from '../../slack/forms/modal.ts';
import { openView } from '../../slack/forms/views.ts';
import type { Action } from '../../slack/pressed.ts';

type HelpUse = { readonly commands: () => readonly CommandWords[] };

/** Behind the button of the Home, which does not know under which name the command was registered. */
const openHelp: Action<HelpUse> = async ({ deps, use, technician, triggerId, command: name }) => {
  const { blocks } = helpMessage(name, use.commands(), technician.role === 'admin');
  await openView(deps, triggerId, modal({ callbackId: 'help', title: 'Help', close: 'Close', blocks }));
};

/** Says what can be typed. */
export const helpRows: Rows<HelpUse> = {
  commands: [
    command({
      name: 'help',
      usage: 'help [<command>]',
      does: 'this list, or one command in full',
      example: 'help bill',
      parse: ([about]) => understood({ about: about?.toLowerCase() ?? null }),
      run: ({ use, technician, command: name, say }: Asked<HelpUse>, { about }) => {
        const all = use.commands();
        if (about === null) return say(helpMessage(name, all, technician.role === 'admin'));
        const named = namedCommands(all);
        const one = named.find((row) => row.name === about);
        return say(one ? aboutMessage(name, one) : unknownCommandMessage(name, unknownWord(about, named)));
      },
    }),
  ],
  buttons: { 'help:open': reads(openHelp) },
};

export const createHelp = (use: HelpUse): Feature => ({ rows: withUse(use, helpRows) });
