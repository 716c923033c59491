import type { KnownBlock } from '@slack/types';
import { doing } from '../../../runs/rules/purpose.ts';
import { currentStep, type Run } from '../../../runs/rules/run.ts';
import { questionButtons, questionRows, unclearTitle } from '../../../runs/slack/run-questions.ts';
import { doneAndNot, tickingRows } from '../../../runs/slack/run-steps.ts';
import { waitingBlocks } from '../../../runs/slack/run-waiting.ts';
import { openButtons, runTitle } from '../../../runs/slack/run-words.ts';
import { isAppError } from '../../../shared/errors.ts';
import { capitalized } from '../../../shared/text.ts';
import { actions, button, header, line, lines, note, type Part } from '../../../slack/blocks.ts';
import type { Links } from '../../../slack/links.ts';
import type { TicketSummary } from '../../../syncro/ticket.ts';
import { ticketRows } from '../../tickets/slack/ticket-line.ts';
import type { Connection, Home } from '../read-home.ts';

const KEY_PROBLEMS = ['key_refused', 'wrong_key', 'no_key'];

/** Something about the key that only a person can mend. */
export const keyProblem = (connection: Connection, failure: unknown): string | null => {
  const errors = [connection && 'error' in connection ? connection.error : null, failure];
  const error = errors.filter(isAppError).find(({ code }) => KEY_PROBLEMS.includes(code));
  if (!error) return null;
  if (error.code === 'key_refused')
    return 'Syncro refused your key: it may be revoked or expired. Nothing is read or sent with it.';
  return error.message;
};

/** Under whose name things are written. */
export const connectionText = (connection: Connection, failure: unknown): string => {
  if (keyProblem(connection, failure) !== null) return 'Not connected: see above.';
  if (connection === null) return 'Connection: asking Syncro …';
  if ('error' in connection) return 'Connection: not checked, Syncro did not answer.';
  const { name, id, shared } = connection.author;
  return shared
    ? `! Connected with the shared key: what you confirm will be posted as ${name} (Syncro user ${id}), not under your name.`
    : `Connected as ${name} (Syncro user ${id})`;
};

/** Blocks of several runs stand in one view, where Slack wants every block_id once. */
const ofRun = (run: Run, blocks: readonly KnownBlock[]): readonly KnownBlock[] =>
  blocks.map((block) => (block.type === 'actions' ? { ...block, block_id: `run:${run.id}` } : block));

const title = (run: Run, links: Links): readonly Part[] => runTitle(doing(run).now, run, links);

const asking = (run: Run, links: Links): readonly KnownBlock[] => {
  const state = currentStep(run)?.state;
  if (state?.phase !== 'asking') return [line(...title(run, links))];
  const asked = unclearTitle(run, state.question);
  return [
    lines(
      title(run, links),
      ...(asked === null ? [] : [[{ bold: `! ${capitalized(asked)}` }]]),
      ...questionRows(run, state.question),
      [doneAndNot(run)],
    ),
    actions('decide', [...questionButtons(run, state.question), ...openButtons(run, links)]),
  ];
};

const underWay = (run: Run, links: Links): readonly KnownBlock[] => {
  const waiting = waitingBlocks(run);
  const running = tickingRows(run).at(-1);
  const rows: ReadonlyArray<readonly Part[]> = waiting.length > 0 || !running ? [] : [[running]];
  return [lines(title(run, links), ...rows), ...waiting];
};

/** A run in short: what it does, what it waits for, and what can be decided about it. */
const runBlocks = (run: Run, links: Links): readonly KnownBlock[] =>
  ofRun(run, run.state === 'asking' ? asking(run, links) : underWay(run, links));

/** Each takes up to three of a view's 100 blocks. */
const SHOWN_RUNS = 5;
const SHOWN_REPLIES = 3;
/** Opens the form for a Syncro key. */
const CONNECT = 'key:connect';

/** The customers' answers that stand among what needs this person. */
export const shownReplies = ({ tickets }: Home): readonly TicketSummary[] =>
  (tickets?.rows ?? []).filter(({ customerReplied }) => customerReplied).slice(0, SHOWN_REPLIES);

const replyBlocks = (home: Home, links: Links, now: number): readonly KnownBlock[] =>
  shownReplies(home).flatMap((ticket) => {
    const value = String(ticket.number);
    return [
      ...ticketRows([ticket], links, now),
      actions(`reply:${value}`, [button('Reply', 'comment:open', { value }), button('Bill', 'bill:open', { value })]),
    ];
  });

const moreRuns = (count: number): readonly KnownBlock[] =>
  count > 0 ? [note(`and ${count} more under Messages`)] : [];

const shownRuns = (all: Home['runs'], links: Links): readonly KnownBlock[] => [
  ...all.slice(0, SHOWN_RUNS).flatMap((run) => runBlocks(run, links)),
  ...moreRuns(all.length - SHOWN_RUNS),
];

/** What stands still until this person does something. */
export const needsBlocks = (home: Home, links: Links, now: number): readonly KnownBlock[] => {
  const asking = home.runs.filter(({ state }) => state === 'asking');
  const replies = replyBlocks(home, links, now);
  const problem = keyProblem(home.connection, home.failure);
  if (asking.length + replies.length === 0 && problem === null) return [];
  return [
    header('! Needs you'),
    ...(problem === null
      ? []
      : [line({ bold: '! ' }, problem), actions('connect', [button('Connect', CONNECT, { style: 'primary' })])]),
    ...shownRuns(asking, links),
    ...replies,
  ];
};

/** What goes on by itself. */
export const underWayBlocks = ({ runs }: Home, links: Links): readonly KnownBlock[] => {
  const open = runs.filter(({ state }) => state !== 'asking');
  return open.length === 0 ? [] : [header('Under way'), ...shownRuns(open, links)];
};
