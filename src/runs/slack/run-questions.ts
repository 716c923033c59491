import { formatMoney } from '../../shared/money.ts';
import { shorten } from '../../shared/text.ts';
import type { Part } from '../../slack/blocks.ts';
import { connectButton } from '../../slack/error.ts';
import { readable } from '../../slack/html.ts';
import type { Changed } from '../rules/basis.ts';
import { changedText } from '../rules/changed-words.ts';
import { mayGoOnAnyway } from '../rules/check-basis.ts';
import { removalOf } from '../rules/decide.ts';
import { invoicedCentsOf } from '../rules/purpose.ts';
import type { Alike } from '../rules/reconcile.ts';
import { emailsCustomer, isRepeatable } from '../rules/resend.ts';
import { currentStep, type Run } from '../rules/run.ts';
import { type Action, isWrite, type Question } from '../rules/step.ts';
import type { Difference } from '../rules/verify-invoice.ts';
import { differenceText } from './difference-words.ts';
import { stepThing } from './run-steps.ts';
import { decisionButtons, lookedAt, runButton, runButtonOf, stopButton, ticketName } from './run-words.ts';

type Rows = ReadonlyArray<readonly Part[]>;

const currentThing = (run: Run): string => {
  const step = currentStep(run);
  return step ? stepThing(step.action) : 'step';
};

const often = (count: number): string => ['never', 'once', 'twice'][count] ?? `${count} times`;

/** What was sent when, how often and until when it was looked for, and what was found. */
const evidence = (run: Run, candidates: readonly number[]): readonly Part[] => {
  const state = currentStep(run)?.state;
  const looks = state?.phase === 'asking' ? state.looks : [];
  const sent = state?.phase === 'asking' ? state.intent?.at : undefined;
  const last = looks.at(-1);
  const unread = last?.failed ? (last.unread ? '' : ', the last times without an answer from Syncro') : '';
  const began: readonly Part[] = run.restored
    ? ['Restored from the backup of ', { time: run.restored.backupAt }, ': what was sent since is not known']
    : sent === undefined
      ? []
      : ['Sent ', { clock: sent }, ', no answer'];
  return [
    ...began,
    ...(last
      ? [
          looks.length === 1 ? '. I looked once, at ' : `. I looked ${often(looks.length)} until `,
          { clock: last.at },
          unread,
        ]
      : []),
    candidates.length > 0
      ? `: ${candidates.length} that could be it (${candidates.slice(0, 5).join(', ')}).`
      : last?.unread
        ? `: ${shorten(last.unread, 200)}`
        : `: it is not ${lookedAt(run)}.`,
  ];
};

const againText = (what: string, makes: boolean, emails: boolean, repeatable: boolean): string => {
  if (repeatable) return 'Sending it again does no harm: it changes the same thing to the same value.';
  if (!emails) return `Sending again could make a second ${what}.`;
  return makes
    ? `Sending again could make a second ${what} and email the customer twice.`
    : 'Sending again could email the customer twice.';
};

/** A text as it was sent, in one line. */
const sentText = (action: Action | undefined): string => {
  switch (action?.kind) {
    case 'comment':
      return action.body;
    case 'line_item':
      return action.item.description;
    case 'timer':
      return action.timer.notes;
    case 'ticket':
      return action.fields.subject ?? '';
    case 'customer':
      return action.businessName ?? '';
    default:
      return '';
  }
};

const SHOWN_TEXTS = 5;

const quoted = (text: string): string => `“${shorten(readable(text).replace(/\s+/g, ' ').trim(), 300)}”`;

/** Both texts, where Syncro has something that reads otherwise than it was sent. */
const comparedRows = (action: Action | undefined, alike: readonly Alike[] = []): Rows =>
  alike.length === 0
    ? []
    : [
        ...(action && sentText(action) ? [['Sent: ', quoted(sentText(action))]] : []),
        ...alike.slice(0, SHOWN_TEXTS).map(({ id, text }) => [`In Syncro (${id}): `, quoted(text)]),
      ];

const unclearRows = (run: Run, { candidates, alike }: Question & { kind: 'unclear' }): Rows => {
  const action = currentStep(run)?.action;
  const what = currentThing(run);
  const emails = action !== undefined && isWrite(action) && emailsCustomer(action);
  return [
    evidence(run, candidates),
    ...comparedRows(action, alike),
    [
      againText(
        what,
        action?.kind === 'ticket',
        emails,
        action !== undefined && isWrite(action) && isRepeatable(action),
      ),
    ],
    ['Unknown: check before repeating.'],
  ];
};

const DOUBLED: Readonly<Record<string, string>> = {
  line_item: 'labor line',
  timer: 'time entry',
  timer_charge: 'charged line',
};

const doubledRows = (run: Run, question: Question & { kind: 'doubled' }): Rows => {
  const { what, kept, extra, alike, gone } = question;
  const thing = DOUBLED[what] ?? what.replaceAll('_', ' ');
  const remedy = removalOf(run, question)
    ? 'You can remove it with one press.'
    : what === 'customer'
      ? "It can't be undone from here: merge the two in Syncro."
      : "It can't be undone from here: open the ticket and see what Syncro lets you do.";
  if (gone)
    return [
      [{ bold: `! A ${thing} that I had removed is in Syncro after all.` }],
      [`I deleted record ${kept}. Its first request got no answer and arrived after all (${extra.join(', ')}).`],
      [remedy],
    ];
  if (alike)
    return [
      [{ bold: `! The ${thing} may be in Syncro ${often(extra.length + 1)}.` }],
      [`The first request got no answer, so I sent it again. Besides record ${kept} there is one with different text.`],
      ...comparedRows(run.steps.find(({ action }) => action.kind === what)?.action, alike),
      [remedy],
    ];
  return [
    [{ bold: `! The ${thing} is in Syncro ${often(extra.length + 1)}.` }],
    [
      `The first request got no answer, so it was sent again, and then arrived after all (${[kept, ...extra].join(', ')}).`,
    ],
    [remedy],
  ];
};

/** What was done before stays done: then only this step is spoken of. */
const nothingSent = (run: Run, otherwise: string): string =>
  run.steps.every((step) => step.state.phase !== 'done' && step.firstIntent === null) ? 'Nothing was sent.' : otherwise;

const changedAdvice = (run: Run, changes: readonly Changed[]): string => {
  const sent = nothingSent(run, 'Nothing more was sent.');
  if (!mayGoOnAnyway(run, changes)) return `${sent} Stop, and start again with the ticket as it is now.`;
  return changes.some(({ kind }) => kind === 'invoice') && run.steps.some(({ action }) => action.kind === 'invoice')
    ? `${sent} Going on anyway makes another invoice.`
    : sent;
};

const INVOICE_DIFFERS = '! The invoice is not what was previewed, so the status was left as it is.';
const ENTRY_DIFFERS =
  '! Syncro would charge something other than what was previewed. The time is logged, but not charged yet.';
const CHANGE_DIFFERS = '! It is not what was previewed.';
const CHARGE_DIFFERS = '! The charge is not what was previewed: fix it in Syncro before it is invoiced.';

const INVOICED_ALREADY = '! The charge is already on an invoice; it was meant for a later one.';

const chargeDiffers = (differences: readonly Difference[]): string =>
  differences.some(({ kind }) => kind === 'line_invoiced') ? INVOICED_ALREADY : CHARGE_DIFFERS;

const differsText = (run: Run, differences: readonly Difference[]): string => {
  switch (currentStep(run)?.action.kind) {
    case 'timer_charge':
      return ENTRY_DIFFERS;
    case 'verify_change':
      return CHANGE_DIFFERS;
    case 'verify_charge':
      return chargeDiffers(differences);
    default:
      return INVOICE_DIFFERS;
  }
};

/** What is asked where nobody knows whether something arrived; `null`: something else happened, and `questionRows` says what. */
export const unclearTitle = (run: Run, { kind }: Question): string | null => {
  if (kind !== 'unclear') return null;
  const action = currentStep(run)?.action;
  return action?.kind === 'comment' && emailsCustomer(action)
    ? `did the comment reach ${shorten(run.ticket.customerName, 60)}?`
    : `is the ${currentThing(run)} in Syncro?`;
};

/** What happened, with the evidence. */
export const questionRows = (run: Run, question: Question): Rows => {
  const what = currentThing(run);
  const isCharge = currentStep(run)?.action.kind === 'verify_charge';
  switch (question.kind) {
    case 'unclear':
      return unclearRows(run, question);
    case 'doubled':
      return doubledRows(run, question);
    case 'refused':
      return [
        [
          { bold: `✗ Syncro refused the ${what}: ` },
          `"${shorten(question.message, 500)}". ${nothingSent(run, 'Nothing was sent in this step.')}`,
          question.status === 401 ? ' Your key was refused, or your Syncro account may not do this.' : '',
        ],
      ];
    case 'mismatch':
      return [
        [{ bold: differsText(run, question.differences) }],
        ...question.differences
          .slice(0, 10)
          .map((difference): readonly Part[] => [`• ${differenceText(difference, isCharge ? 'ticket' : 'invoice')}`]),
      ];
    case 'changed':
      return [
        [{ bold: `! ${ticketName(run)} changed since you looked at it.` }],
        ...question.changes.slice(0, 10).map((change): readonly Part[] => [`• ${changedText(change)}`]),
        [changedAdvice(run, question.changes)],
      ];
    case 'key':
      return [[{ bold: '! ' }, shorten(question.message, 500), ` ${nothingSent(run, 'Nothing more was sent.')}`]];
    case 'unverifiable':
      return [[{ bold: `! The ${what} could not be done: ` }, shorten(question.message, 500)]];
  }
};

const REMOVE: Readonly<Record<string, string>> = {
  line_item_remove: 'Remove the second line',
  invoice_delete: 'Delete the second invoice',
  timer_delete: 'Delete the second time entry',
};

/** Names what it comes to, wherever Syncro says it. */
const acceptText = (run: Run, { actual }: Question & { kind: 'mismatch' }): string => {
  const cents = actual?.amountCents ?? invoicedCentsOf(run);
  if (currentStep(run)?.action.kind === 'timer_charge')
    return cents === undefined || actual?.contractRates ? 'Charge it anyway' : `Charge ${formatMoney(cents)}`;
  return cents === undefined ? 'Accept it as it is' : `Accept Syncro's ${formatMoney(cents)}`;
};

const changesWhatIsThere = (run: Run): boolean => {
  const action = currentStep(run)?.action;
  return action !== undefined && isWrite(action) && isRepeatable(action);
};

/** What the person can answer. */
export const questionButtons = (run: Run, question: Question) => {
  switch (question.kind) {
    case 'unclear':
      return decisionButtons(run);
    case 'doubled': {
      const removal = removalOf(run, question);
      const remove = removal ? [runButton(run, REMOVE[removal.kind] ?? 'Remove it', 'remove_double')] : [];
      return [...remove, runButton(run, 'Leave it', 'leave_double')];
    }
    case 'refused':
      return [
        // What changes or removes something has no text that could be corrected here, nor has a customer.
        changesWhatIsThere(run) || currentStep(run)?.action.kind === 'customer'
          ? runButton(run, 'Try again', 'try_again')
          : runButton(run, 'Fix and continue', 'correct'),
        // What Syncro wants may be another field than the text.
        ...(['ticket', 'customer'].includes(currentStep(run)?.action.kind ?? '')
          ? [runButtonOf(run, 'Change in the form', 'create:again')]
          : []),
        stopButton(run),
      ];
    case 'mismatch':
      return [
        runButton(run, acceptText(run, question), 'accept'),
        runButton(run, 'Check again', 'try_again'),
        stopButton(run),
      ];
    case 'changed':
      return [
        runButton(run, mayGoOnAnyway(run, question.changes) ? 'Go on anyway' : 'Check again', 'try_again'),
        stopButton(run),
      ];
    case 'key':
      return [connectButton(), runButton(run, 'Try again', 'try_again'), stopButton(run)];
    case 'unverifiable':
      return [runButton(run, 'Try again', 'try_again'), stopButton(run)];
  }
};
