import { COMMANDS, type CommandName } from '../../domain/command.ts';
import { header, line, lines, note, type Part } from '../blocks.ts';
import { type Reply, reply } from './reply.ts';

const typed = (command: string, usage: string): string => `${command} ${usage}`.trim();

/** @param command the command's real name in this workspace, e.g. `/syncro` */
export const helpMessage = (command: string, about: CommandName | null): Reply => {
  if (about) {
    const row = COMMANDS[about];
    return reply(`${typed(command, row.usage)}: ${row.does}`, [
      lines([{ bold: typed(command, row.usage) }], [row.does], [`For example ${typed(command, row.example)}`]),
    ]);
  }
  const rows = Object.values(COMMANDS).map((row): readonly Part[] => [
    { bold: typed(command, row.usage) },
    `  ${row.does}`,
  ]);
  return reply(`What ${command} can do`, [
    header(`What ${command} can do`),
    lines(...rows),
    note('Only you see the answers until you press Share. Nothing goes to Syncro before you confirm it.'),
  ]);
};

export const unknownCommandMessage = (command: string, problem: string, suggestion: string | null): Reply => {
  const text = suggestion === null ? problem : `${problem} Did you mean ${typed(command, suggestion)}?`;
  return reply(text, [line(text)]);
};
