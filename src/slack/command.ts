import { nearest } from '../shared/match-word.ts';
import { shorten } from '../shared/text.ts';
import { looksLikeToken } from '../shared/token.ts';
import type { Asked } from './asked.ts';
import { actions, button, header, line, lines, note, type Part } from './blocks.ts';
import type { CommandRow, CommandWords, NotUnderstood } from './feature.ts';
import { type Reply, reply } from './reply.ts';

export type ParsedCommand<Use = unknown> =
  | {
      readonly ok: true;
      readonly row: CommandRow<Use>;
      readonly args: unknown;
      readonly run: (asked: Asked<Use>) => Promise<void>;
    }
  | NotUnderstood;

export type ParseCommand<Use = unknown> = (text: string, mentioned?: readonly string[]) => ParsedCommand<Use>;

/** Nothing of what was typed is said back: it may be a key. */
export const keyTyped = (why: string): NotUnderstood => ({
  ok: false,
  problem: `${why} If you just typed a Syncro key, revoke it in Syncro (Admin → API Tokens) and make a new one: Slack keeps what you typed. Nothing was done with it.`,
  suggestion: 'connect',
  example: null,
});

/** Those that begin with a word. */
export const namedCommands = <Row extends { readonly usage: string }>(rows: readonly Row[]): readonly Row[] =>
  rows.filter(({ usage }) => usage !== '');

export const unknownWord = (word: string, named: ReadonlyArray<{ readonly name: string }>): NotUnderstood => ({
  ok: false,
  problem: `"${shorten(word, 60)}" is not a command.`,
  suggestion:
    nearest(
      word,
      named.map(({ name }) => name),
    ) ?? 'help',
  example: null,
});

/**
 * Reads the text behind `/syncro`, as the person saw it: a command, or what was not understood and what comes nearest.
 * Its second argument: the member ids behind the text's mentions.
 */
export const createParser = <Use>(rows: ReadonlyArray<CommandRow<Use>>): ParseCommand<Use> => {
  const named = namedCommands(rows);
  const alone = rows.find(({ usage }) => usage === '');

  const read = (row: CommandRow<Use>, ...typed: Parameters<CommandRow['parse']>): ParsedCommand<Use> => {
    const parsed = row.parse(...typed);
    return parsed.ok ? { ...parsed, row } : parsed;
  };

  const unknown = (word: string): NotUnderstood => unknownWord(word, named);

  return (text, mentioned = []) => {
    const words = text.trim().split(/\s+/).filter(Boolean);
    const [first] = words;
    if (first === undefined) return alone ? read(alone, [], '', []) : unknown('');
    const row = named.find(({ name }) => name === first.toLowerCase());
    // Before anything else looks at it: what is not understood is quoted back, and what is understood may be stored.
    if (words.some(looksLikeToken))
      return {
        ...keyTyped(
          "One of these words looks like a key or a password. Those go into a form only; if it isn't one, leave it out here and type it into the form.",
        ),
        ...(row?.form ? { suggestion: null, form: row.form } : {}),
      };
    if (row) return read(row, words.slice(1), text.trim().slice(first.length).trim(), mentioned);
    const meant = named.find(({ isMeantBy }) => isMeantBy?.(first));
    return meant ? read(meant, words, '', []) : unknown(first);
  };
};

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
