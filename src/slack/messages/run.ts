import type { KnownBlock } from '@slack/types';
import { formatMoney } from '../../domain/money.ts';
import { currentIndex, currentStep, type Question, type Run, resultOf, type StepState } from '../../domain/run.ts';
import { shorten } from '../../domain/text.ts';
import { actions, button, line, lines, linkButton, note, type Part } from '../blocks.ts';
import { quantityAndName, recipients } from './bill-words.ts';
import { differenceText } from './difference-words.ts';
import type { Links } from './links.ts';
import { type Reply, reply } from './reply.ts';
import { doneAndNot, stepRows, stepWord } from './run-steps.ts';

const title = ({ ticket }: Run): string =>
  `#${ticket.number} ${shorten(ticket.subject, 150)} · ${shorten(ticket.customerName, 100)}`;

/** Carries which run and which step: a button of an old message must not decide about a later step. */
const value = (run: Run): string => JSON.stringify({ r: run.id, s: currentIndex(run) });

const openButtons = (run: Run, links: Links) => {
  const invoice = resultOf(run, 'invoice')?.id;
  return [
    ...(invoice ? [linkButton('Open invoice', 'invoice', links.invoice(invoice))] : []),
    linkButton('Open ticket', 'ticket', links.ticket(run.ticket.id)),
  ];
};

const decisionButtons = (run: Run) => [
  button('It is there', 'run:it_is_there', { value: value(run) }),
  button('It is not, send again', 'run:send_again', { value: value(run) }),
  button('Stop here', 'run:stop', { value: value(run) }),
];

const stopButton = (run: Run) => button('Stop here', 'run:stop', { value: value(run) });

const resumedLine = ({ resumedAt, state }: Run): readonly KnownBlock[] =>
  resumedAt === null || state === 'stopped'
    ? []
    : [line('The app restarted at ', { date: resumedAt }, ' and goes on by itself.')];

const seconds = (run: Run): string =>
  `${Math.max(1, Math.round(((run.finishedAt ?? run.createdAt) - run.createdAt) / 1000))} s`;

const fromBlock = ({ expectedTotalCents }: Run['plan']): string =>
  expectedTotalCents === 0
    ? 'Taken from the prepaid block; a total of $0.00 is right.'
    : 'Taken from the prepaid block as far as it goes; the total stands on the invoice.';

const receipt = (run: Run, links: Links): Reply => {
  const { plan, technician, ref, ticket } = run;
  const invoice = resultOf(run, 'invoice');
  // Where Syncro draws on a block, the total is its own business: no amount rather than a wrong one.
  const total = plan.expectedTotalCents === null ? '' : ` · ${formatMoney(plan.expectedTotalCents)}`;
  const head = `Billed #${ticket.number}${total}`;
  const number = invoice?.number ?? invoice?.id;
  return reply(`${head}${number ? ` · invoice #${number}` : ''}. Sent once, confirmed.`, [
    lines(
      [
        { bold: `Billed ` },
        { link: links.ticket(ticket.id), text: `#${ticket.number}` },
        { bold: total },
        ...(invoice?.id ? [' · ', { link: links.invoice(invoice.id), text: `invoice #${number}` }] : []),
      ],
      [
        `${shorten(ticket.customerName, 100)} · ${quantityAndName(plan.line)} · comment ${recipients(plan)} · as ${run.author.name} · ${seconds(run)}`,
      ],
      ...(plan.prepaid ? [[fromBlock(plan)] as const] : []),
      ['Sent once, confirmed.'],
    ),
    ...(plan.status === null ? [note('The status was left as it is: this Syncro account has no such status.')] : []),
    actions('run', openButtons(run, links)),
    note(`ref ${ref} · ${technician.name}`),
  ]);
};

/** What is certain, what is not, and since when. */
const waitingBlocks = (run: Run, state: StepState): readonly KnownBlock[] => {
  const step = currentStep(run);
  const what = step ? stepWord(step.action) : '';
  if (state.phase === 'unclear') {
    const last = state.looks.at(-1);
    const lastLook: readonly Part[] = last
      ? [
          'Last look ',
          { date: last.at },
          last.failed ? ': Syncro could not be read.' : `: no such ${what} on #${run.ticket.number}.`,
        ]
      : [];
    return [
      lines(
        [
          `⏳ Syncro didn't answer the ${what} request. Checking until `,
          { date: state.intent.settledAt },
          ' whether it arrived; nothing is sent meanwhile.',
        ],
        ...(lastLook.length > 0 ? [lastLook] : []),
      ),
      actions('decide', decisionButtons(run)),
    ];
  }
  if (state.phase === 'planned' && state.delay) {
    const { reason, since, until } = state.delay;
    const why: readonly Part[] =
      reason === 'limited'
        ? ['⏳ Syncro takes no more requests for the moment; goes on by itself at ', { date: until }, '.']
        : [
            "⏳ Syncro hasn't answered since ",
            { date: since },
            '. Nothing was sent in this step; it goes on by itself when Syncro is back.',
          ];
    return [line(...why), actions('decide', [stopButton(run)])];
  }
  return [];
};

const questionParts = (run: Run, question: Question): ReadonlyArray<readonly Part[]> => {
  const step = currentStep(run);
  const what = step ? stepWord(step.action) : 'step';
  switch (question.kind) {
    case 'unclear': {
      const { candidates } = question;
      const looks = step?.state.phase === 'asking' ? step.state.looks : [];
      const sent = step?.state.phase === 'asking' ? step.state.intent?.at : undefined;
      const last = looks.at(-1);
      const evidence: readonly Part[] = [
        ...(sent === undefined ? [] : ['Sent ', { date: sent }, ', no answer']),
        ...(last ? [`; looked ${looks.length} times until `, { date: last.at }] : []),
        candidates.length > 0
          ? `: ${candidates.length} that could be it (${candidates.slice(0, 5).join(', ')}).`
          : ': not on the ticket.',
      ];
      const emails = what === 'comment' && run.plan.comment.audience === 'email';
      return [
        [
          {
            bold: emails
              ? "! Can't tell whether the comment reached the customer."
              : `! Can't tell whether the ${what} is in Syncro.`,
          },
        ],
        evidence,
        [emails ? 'Sending again could e-mail the customer twice.' : `Sending again could make a second ${what}.`],
        ['Unknown: check before repeating.'],
      ];
    }
    case 'refused':
      return [
        [
          { bold: `✗ Syncro refused the ${what}: ` },
          `"${shorten(question.message, 500)}". Nothing was sent in this step.`,
          question.status === 401 ? ' Your key was refused, or your Syncro account may not do this.' : '',
        ],
      ];
    case 'mismatch':
      return [
        [{ bold: '! The invoice is not what was previewed, so the status was left as it is.' }],
        ...question.differences.slice(0, 10).map((difference): readonly Part[] => [`• ${differenceText(difference)}`]),
      ];
    case 'key':
      return [[{ bold: '! ' }, shorten(question.message, 500), ' Nothing was sent in this step.']];
    case 'unverifiable':
      return [[{ bold: `! The ${what} could not be done: ` }, shorten(question.message, 500)]];
  }
};

const questionButtons = (run: Run, question: Question) => {
  switch (question.kind) {
    case 'unclear':
      return decisionButtons(run);
    case 'refused':
      return [button('Correct and go on', 'run:correct', { value: value(run) }), stopButton(run)];
    case 'mismatch':
      return [button('Check again', 'run:try_again', { value: value(run) }), stopButton(run)];
    case 'key':
    case 'unverifiable':
      return [button('Try again', 'run:try_again', { value: value(run) }), stopButton(run)];
  }
};

const asking = (run: Run, question: Question, links: Links): Reply =>
  reply(`! Billing #${run.ticket.number} needs you. ${doneAndNot(run)}`, [
    line({ bold: `Billing ${title(run)}` }),
    lines(...questionParts(run, question), [doneAndNot(run)]),
    ...resumedLine(run),
    actions('decide', [...questionButtons(run, question), ...openButtons(run, links)]),
    note(`ref ${run.ref}`),
  ]);

/** One of the three endings that every write must have. */
const ending = (run: Run): string => {
  const phase = currentStep(run)?.state;
  const unknown = phase?.phase === 'unclear' || (phase?.phase === 'asking' && phase.question.kind === 'unclear');
  if (unknown) return 'Unknown: check before repeating.';
  return run.steps.some(({ state }) => state.phase === 'done')
    ? 'What was done was sent once, confirmed.'
    : 'Nothing was sent.';
};

const stopped = (run: Run, links: Links): Reply =>
  reply(`Stopped billing #${run.ticket.number}. ${doneAndNot(run)} ${ending(run)}`, [
    line({ bold: `Stopped billing ${title(run)}` }),
    lines(...stepRows(run).map((row): readonly Part[] => [row]), [doneAndNot(run)], [ending(run)]),
    actions('run', openButtons(run, links)),
    note(`ref ${run.ref}`),
  ]);

const ticking = (run: Run): Reply => {
  const state = currentStep(run)?.state;
  return reply(`Billing #${run.ticket.number} …`, [
    line({ bold: `Billing ${title(run)}` }),
    lines(...stepRows(run).map((row): readonly Part[] => [row])),
    ...(state ? waitingBlocks(run, state) : []),
    ...resumedLine(run),
    note(`ref ${run.ref}`),
  ]);
};

/** A run's one message, as it stands now: ticking, waiting, asking, or the receipt. */
export const runMessage = (run: Run, links: Links): Reply => {
  const state = currentStep(run)?.state;
  if (run.state === 'done') return receipt(run, links);
  if (run.state === 'stopped') return stopped(run, links);
  if (state?.phase === 'asking') return asking(run, state.question, links);
  return ticking(run);
};
