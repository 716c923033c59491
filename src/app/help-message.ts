import { actions, button, header, line, lines, note, type Part } from '../slack/blocks.ts';
import { COMMANDS } from '../slack/command.ts';
import type { CommandName, ParsedCommand } from '../slack/command-types.ts';
import { type Reply, reply } from '../slack/reply.ts';

const typed = (command: string, usage: string): string => `${command} ${usage}`.trim();

const row = (command: string, { usage, does }: { readonly usage: string; readonly does: string }): readonly Part[] => [
  { bold: typed(command, usage) },
  `  ${does}`,
];

/** One command in full. */
const aboutMessage = (command: string, about: CommandName): Reply => {
  const { usage, does, example, forAdmins } = COMMANDS[about];
  return reply(`${typed(command, usage)}: ${does}`, [
    lines(
      [{ bold: typed(command, usage) }],
      [does],
      [`For example ${typed(command, example)}`],
      ...(forAdmins ? [[`For admins: ${typed(command, forAdmins.usage)}  ${forAdmins.does}`]] : []),
    ),
  ]);
};

/**
 * @param command the command's real name in this workspace, e.g. `/syncro`
 * @param isAdmin true: with what only admins may do
 */
export const helpMessage = (command: string, about: CommandName | null, isAdmin = false): Reply => {
  if (about) return aboutMessage(command, about);
  const all = Object.values(COMMANDS);
  const admins = isAdmin ? all.flatMap(({ forAdmins }) => (forAdmins ? [row(command, forAdmins)] : [])) : [];
  return reply(`What ${command} can do`, [
    header(`What ${command} can do`),
    lines(...all.map((each) => row(command, each))),
    ...(admins.length > 0 ? [lines([{ bold: 'For admins' }], ...admins)] : []),
    note('Only you see the answers until you press Share. Whatever you send goes out once, under your name.'),
  ]);
};

/** What was not understood, and the nearest thing that can be typed. */
export const unknownCommandMessage = (command: string, parsed: ParsedCommand & { ok: false }): Reply => {
  const meant = parsed.suggestion === null ? '' : ` Did you mean ${typed(command, parsed.suggestion)}?`;
  const example = parsed.example === null ? '' : ` For example ${typed(command, parsed.example)}`;
  const text = `${parsed.problem}${meant}${example}`;
  return reply(text, [
    line(text),
    ...(parsed.form === 'search' ? [actions('unknown', [button('Search in a form', 'search:form')])] : []),
  ]);
};
