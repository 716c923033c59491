import { COMMANDS, type CommandName, type ParsedCommand } from '../../domain/command.ts';
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

/** What was not understood, and the nearest thing that can be typed. */
export const unknownCommandMessage = (command: string, parsed: ParsedCommand & { ok: false }): Reply => {
  const meant = parsed.suggestion === null ? '' : ` Did you mean ${typed(command, parsed.suggestion)}?`;
  const example = parsed.example === null ? '' : ` For example ${typed(command, parsed.example)}`;
  const text = `${parsed.problem}${meant}${example}`;
  return reply(text, [line(text)]);
};
