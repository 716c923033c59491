import type { ActionsBlockElement, KnownBlock } from '@slack/types';
import { shorten } from '../../shared/text.ts';
import { actions, header, line, lines, note, type Part } from '../../slack/blocks.ts';
import { type Reply, reply } from '../../slack/reply.ts';
import type { Audience } from '../../syncro/audience.ts';
import type { Words } from '../../syncro/write.ts';
import { mayBeDoubled, resentSteps, stepsOnWord } from '../rules/doubles.ts';
import { takenOut } from '../rules/not-billable.ts';
import { doing, mailedTo } from '../rules/purpose.ts';
import { isToldNotToEmail, type Run } from '../rules/run.ts';
import { isUnknown, isWrite } from '../rules/step.ts';
import { stepThing } from './run-steps.ts';
import { hasNumber, ticketName } from './run-words.ts';

export const resumedLine = ({ resumedAt, restored, state }: Run): readonly KnownBlock[] => {
  if (restored)
    return [
      line(
        'The app was restored from its backup of ',
        { time: restored.backupAt },
        ': it looks in Syncro before it sends anything.',
      ),
    ];
  if (resumedAt === null) return [];
  const goes = state === 'done' || state === 'stopped' ? 'continued' : 'is continuing';
  return [line('The app restarted at ', { time: resumedAt }, ` and ${goes} by itself.`)];
};

const seconds = (run: Run): string =>
  `${Math.max(1, Math.round(((run.finishedAt ?? run.createdAt) - run.createdAt) / 1000))} s`;

/** What was left in Syncro twice on the person's word must not be called once. */
const leftDoubled = (run: Run): boolean =>
  run.steps.some(
    ({ action, state }) => action.kind === 'check_doubles' && state.phase === 'done' && state.how === 'person',
  );

const CONFIRMED = 'Sent once, confirmed.';

/** One of the three endings that every write must have. */
export const ending = (run: Run): string => {
  if (run.steps.some(isUnknown) || mayBeDoubled(run) || leftDoubled(run) || stepsOnWord(run).length > 0)
    return 'Unknown: check before repeating.';
  return run.steps.some(({ state }) => state.phase === 'done') ? CONFIRMED : 'Nothing was sent.';
};

/** `Billed #32164 Own cloud thing again · Jerry Burger`; the number is a link on the button below. */
const about = (verb: string, run: Run): string => {
  const { subject, customerName } = run.ticket;
  const rest = hasNumber(run) ? ` ${shorten(subject.replace(/\s+/g, ' '), 80)}` : '';
  return `${verb} ${ticketName(run)}${rest} · ${shorten(customerName, 40)}`;
};

/** Small print: under whose name, how long it took, how it ended where all is well, and what to quote. */
const smallPrint = (run: Run): KnownBlock => {
  const end = ending(run);
  return note(
    [`as ${run.author.name}`, seconds(run), ...(end === CONFIRMED ? [end] : []), `ref ${run.ref}`].join(' · '),
  );
};

/** How it ended where that is no small print. */
const loudEnding = (run: Run): ReadonlyArray<readonly Part[]> => {
  const end = ending(run);
  return end === CONFIRMED ? [] : [[{ bold: '! ' }, end]];
};

/** What was done about an answer that was lost: nobody has to wonder whether something went out twice. */
const safetyRows = (run: Run): ReadonlyArray<readonly Part[]> => {
  const resent = new Set(resentSteps(run).map(({ step }) => step));
  return run.steps.flatMap((step): ReadonlyArray<readonly Part[]> => {
    const { action, state } = step;
    if (state.phase !== 'done' || !isWrite(action)) return [];
    const what = stepThing(action);
    const lost = `Syncro's answer to the ${what} was lost`;
    if (resent.has(step))
      return mayBeDoubled(run) || (action.kind === 'timer' && takenOut(run))
        ? []
        : [[`${lost} and it was not there, so I sent it again: it is there once.`]];
    return state.how === 'found' ? [[`${lost}; I found the ${what} there and did not send it again.`]] : [];
  });
};

/** Why what is there is not called confirmed: nobody but the person saw it, or they left it there twice. */
export const wordRows = (run: Run): ReadonlyArray<readonly Part[]> => {
  const things = stepsOnWord(run).map(({ write }) => stepThing(write));
  return [
    ...(leftDoubled(run) ? [[{ bold: '! ' }, 'It is in Syncro more than once, and you left it so.']] : []),
    ...(things.length > 0
      ? [[{ bold: '! ' }, `On your word only: ${things.join(', ')}. I did not see it in Syncro.`]]
      : []),
  ];
};

export const withButtons = (buttons: readonly ActionsBlockElement[]): readonly KnownBlock[] =>
  buttons.length > 0 ? [actions('run', buttons)] : [];

type Finished = {
  /** `Billed`; absent: what the work is called. */
  readonly verb?: string;
  /** For notifications and screen readers; absent: what was done, and on which ticket. */
  readonly spoken?: string;
  readonly rows: ReadonlyArray<readonly Part[]>;
  /** What became of it since. */
  readonly since?: readonly KnownBlock[];
  readonly buttons: readonly ActionsBlockElement[];
};

/** The receipt of whatever was done: what, the facts, what the safety did, what comes next, and how it ended. */
export const finished = (run: Run, { verb = doing(run).past, spoken, rows, since = [], buttons }: Finished): Reply =>
  reply(`${spoken ?? `${verb} ${ticketName(run)}`}. ${ending(run)}`, [
    header(`${ending(run) === CONFIRMED ? '✓' : '!'} ${about(verb, run)}`),
    lines(...rows, ...safetyRows(run), ...wordRows(run), ...loudEnding(run)),
    ...since,
    ...resumedLine(run),
    ...withButtons(buttons),
    smallPrint(run),
  ]);

const MARKS: Readonly<Record<Audience, string>> = { email: '✉', portal: '👁', internal: '🔒' };

const saidTo = (run: Run): string => {
  const emailTo = mailedTo(run);
  if (emailTo === null) return 'no address';
  return isToldNotToEmail(run) ? 'customer marked "no email"' : shorten(emailTo, 100);
};

/** `✉ jerry@customer.example: "Reset the cloud thing."`. */
export const saidText = (run: Run, { audience, body }: Omit<Words, 'subject'>): string => {
  const to = audience === 'email' ? `${saidTo(run)}: ` : '';
  return `${MARKS[audience]} ${to}"${shorten(body.replace(/\s+/g, ' ').trim(), 120)}"`;
};
