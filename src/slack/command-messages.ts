import { actions, button, header, line, lines, note, type Part } from './blocks.ts';
import type { CommandWords, NotUnderstood } from './feature.ts';
import { type Reply, reply } from './reply.ts';

const typed = (command: string, usage: string): string => `${command} ${usage}`.trim();

const row = (command: string, { usage, does }: { readonly usage: string; readonly does: string }): readonly Part[] => [
  { bold: typed(command, usage) },
  `  ${does}`,
];

/** One command in full. */
export const aboutMessage = (command: string, { usage, does, example, forAdmins }: CommandWords): Reply =>
  reply(`${typed(command, usage)}: ${does}`, [
    lines(
      [{ bold: typed(command, usage) }],
      [does],
      [`For example ${typed(command, example)}`],
      ...(forAdmins ? [[`For admins: ${typed(command, forAdmins.usage)}  ${forAdmins.does}`]] : []),
    ),
  ]);

/**
 * @param command the command's real name in this workspace, e.g. `/syncro`
 * @param isAdmin true: with what only admins may do
 */
export const helpMessage = (command: string, all: readonly CommandWords[], isAdmin = false): Reply => {
  const admins = isAdmin ? all.flatMap(({ forAdmins }) => (forAdmins ? [row(command, forAdmins)] : [])) : [];
  return reply(`What ${command} can do`, [
    header(`What ${command} can do`),
    lines(...all.map((each) => row(command, each))),
    ...(admins.length > 0 ? [lines([{ bold: 'For admins' }], ...admins)] : []),
    note('Only you see the answers until you press Share. Whatever you send goes out once, under your name.'),
  ]);
};

/** What was not understood, and the nearest thing that can be typed. */
export const unknownCommandMessage = (
  command: string,
  { problem, suggestion, example, form }: NotUnderstood,
): Reply => {
  const meant = suggestion === null ? '' : ` Did you mean ${typed(command, suggestion)}?`;
  const text = `${problem}${meant}${example === null ? '' : ` For example ${typed(command, example)}`}`;
  return reply(text, [line(text), ...(form ? [actions('unknown', [button(form.text, form.actionId)])] : [])]);
};
