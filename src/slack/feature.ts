import type { Asked, SeenView, Suggest, TakeShortcut } from './asked.ts';
import type { Submit } from './forms/submitted.ts';
import type { Action } from './pressed.ts';

/** Words of a command that were not understood. */
export type NotUnderstood = {
  readonly ok: false;
  readonly problem: string;
  /** What may have been meant, as typed behind `/syncro`. */
  readonly suggestion: string | null;
  readonly example: string | null;
  /** The button that asks for what is missing: nothing was wrong, so it is pressed at once. */
  readonly opens?: string;
  /** Where such words can be typed instead. */
  readonly form?: CommandWords['form'];
};

/** What a command is called and told to do. */
export type CommandWords = {
  readonly name: string;
  /** What stands behind `/syncro`; `''`: nothing. */
  readonly usage: string;
  readonly does: string;
  readonly example: string;
  /** What of it only admins may do; the help shows it to them. */
  readonly forAdmins?: { readonly usage: string; readonly does: string };
  /** Its form, and the button that opens it. */
  readonly form?: { readonly text: string; readonly actionId: string };
  /** It changes something, or prepares it: its failure says that nothing was sent. */
  readonly writes?: true;
  /** It only reads and opens no form: nothing is lost when it is done a minute later. */
  readonly mayWait?: true;
  /** A word that stands alone and means this command. */
  readonly isMeantBy?: (word: string) => boolean;
};

/** @param mentioned the member ids behind the text's mentions */
type Parse<Parsed> = (words: readonly string[], text: string, mentioned: readonly string[]) => Parsed | NotUnderstood;

export type CommandRow<Use = unknown> = CommandWords & {
  readonly parse: Parse<{
    readonly ok: true;
    readonly args: unknown;
    readonly run: (asked: Asked<Use>) => Promise<void>;
  }>;
};

export const understood = <Args>(args: Args): { readonly ok: true; readonly args: Args } => ({ ok: true, args });

export const notUnderstood = (problem: string, example: string, opens?: string): NotUnderstood => ({
  ok: false,
  problem,
  suggestion: null,
  example,
  ...(opens === undefined ? {} : { opens }),
});

type CommandOf<Use, Args> = CommandWords & {
  readonly parse: Parse<{ readonly ok: true; readonly args: Args }>;
  readonly run: (asked: Asked<Use>, args: Args) => Promise<void>;
};

/** A command: its words, what is read out of what is typed behind it, and what is done with that. */
export const command = <Use, Args>({ parse, run, ...words }: CommandOf<Use, Args>): CommandRow<Use> => ({
  ...words,
  parse: (...typed) => {
    const parsed = parse(...typed);
    return parsed.ok ? { ...parsed, run: (asked) => run(asked, parsed.args) } : parsed;
  },
});

export type ButtonRow<Use = unknown> = {
  readonly press: Action<Use>;
  /** False: it only reads or leafs; else its failure says that nothing was sent. */
  readonly writes: boolean;
  /** The command that does the same: it is what goes on when a key had to be connected first. `''`: none. */
  readonly command?: (value: string) => string;
};

export const reads = <Use>(press: Action<Use>, command?: ButtonRow['command']): ButtonRow<Use> => ({
  press,
  writes: false,
  ...(command ? { command } : {}),
});

export const writes = <Use>(press: Action<Use>, command?: ButtonRow['command']): ButtonRow<Use> => ({
  ...reads(press, command),
  writes: true,
});

/** The command on the ticket whose number a button carries. */
export const onNumber =
  (before: string, behind = '') =>
  (value: string): string =>
    /^\d{1,9}$/.test(value) ? `${before} ${value}${behind}` : '';

/** A form was closed without being sent. */
export type Closed<Use = unknown> = (
  left: Pick<Asked<Use>, 'deps' | 'use' | 'technician'> & { readonly view: SeenView },
) => Promise<void>;

/** All that people can do with a feature: one row each. */
export type Rows<Use = unknown> = {
  readonly commands?: ReadonlyArray<CommandRow<Use>>;
  /** By action id. */
  readonly buttons?: Readonly<Record<string, ButtonRow<Use>>>;
  /** By callback id. */
  readonly forms?: Readonly<Record<string, Submit<Use>>>;
  /** By callback id: forms that tell when they are closed. */
  readonly closed?: Readonly<Record<string, Closed<Use>>>;
  /** By callback id, as in manifest.yml. */
  readonly shortcuts?: Readonly<Record<string, TakeShortcut<Use>>>;
  /** By the select's action id. */
  readonly typeaheads?: Readonly<Record<string, Suggest<Use>>>;
};

/** The row of a table under an id that came from outside: `constructor` and its like are no rows. */
export const rowOf = <Row>(table: Readonly<Record<string, Row>>, id: string): Row | undefined =>
  Object.hasOwn(table, id) ? table[id] : undefined;

/** What works by itself. */
export type Task = { readonly start: () => void | Promise<void>; readonly stop: () => Promise<void> };

export type Feature = {
  readonly rows: Required<Rows>;
  readonly tasks?: readonly Task[];
  /** Reads in the background what people will look for; tests ask only when they need it. */
  readonly readsAhead?: readonly Task[];
};

const each = <From, To>(rows: Readonly<Record<string, From>> = {}, change: (row: From) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(rows).map(([id, row]) => [id, change(row)]));

/** The rows, each with the use cases that it works with. */
export const withUse = <Use>(
  use: Use,
  { commands = [], buttons, forms, closed, shortcuts, typeaheads }: Rows<Use>,
): Required<Rows> => ({
  commands: commands.map((row) => ({
    ...row,
    parse: (...typed) => {
      const parsed = row.parse(...typed);
      return parsed.ok ? { ...parsed, run: (asked) => parsed.run({ ...asked, use }) } : parsed;
    },
  })),
  buttons: each(buttons, (row) => ({ ...row, press: (pressed) => row.press({ ...pressed, use }) })),
  forms: each(forms, (submit) => (submitted) => submit({ ...submitted, use })),
  closed: each(closed, (close) => (left) => close({ ...left, use })),
  shortcuts: each(shortcuts, (take) => (asked, shortcut) => take({ ...asked, use }, shortcut)),
  typeaheads: each(typeaheads, (suggest) => (asked, query) => suggest({ ...asked, use }, query)),
});

/** One table of several. @throws Error when two have the same id: one of them would never be heard */
const united = <Row>(tables: ReadonlyArray<Readonly<Record<string, Row>>>): Readonly<Record<string, Row>> => {
  const rows = tables.flatMap((table) => Object.entries(table));
  const ids = rows.map(([id]) => id);
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) throw new Error(`two features have a row "${twice}"`);
  return Object.fromEntries(rows);
};

/** The rows of all features. @throws Error when two have the same id */
export const allRows = (features: readonly Feature[]): Required<Rows> => ({
  commands: features.flatMap(({ rows }) => rows.commands),
  buttons: united(features.map(({ rows }) => rows.buttons)),
  forms: united(features.map(({ rows }) => rows.forms)),
  closed: united(features.map(({ rows }) => rows.closed)),
  shortcuts: united(features.map(({ rows }) => rows.shortcuts)),
  typeaheads: united(features.map(({ rows }) => rows.typeaheads)),
});
