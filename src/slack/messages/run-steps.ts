import { formatMoney } from '../../domain/money.ts';
import { type Action, currentIndex, type Run, type Step } from '../../domain/run.ts';
import { quantityAndName, recipients } from './bill-words.ts';

/** A step in one word, for "Done: …  Not done: …". */
export const stepWord = ({ kind }: Action): string => {
  switch (kind) {
    case 'comment':
      return 'comment';
    case 'line_item':
      return 'labor';
    case 'invoice':
      return 'invoice';
    case 'verify_invoice':
      return 'check';
    case 'ticket_update':
      return 'status';
    default:
      return kind.replaceAll('_', ' ');
  }
};

const commentDone = ({ plan }: Run): string => {
  if (plan.comment.audience === 'email') return `Comment ${recipients(plan)}`;
  return plan.comment.audience === 'portal' ? 'Comment in the customer portal, no email' : 'Comment, internal only';
};

const stepText = (run: Run, { action, state }: Step): string => {
  const { plan } = run;
  const done = state.phase === 'done';
  switch (action.kind) {
    case 'comment':
      return done ? commentDone(run) : 'Comment';
    case 'line_item':
      return `${quantityAndName(plan.line)}, ${formatMoney(plan.line.amountCents)}`;
    case 'invoice':
      return done && state.number ? `Invoice #${state.number}` : 'Invoice';
    case 'verify_invoice':
      return done ? 'Checked: every line is on the invoice' : 'Check';
    case 'ticket_update':
      return `Status ${plan.status ?? ''}`.trim();
    default:
      return stepWord(action);
  }
};

const mark = (run: Run, step: Step, index: number): string => {
  const { phase } = step.state;
  if (phase === 'done') return '✓';
  if (phase === 'asking') return step.state.question.kind === 'refused' ? '✗' : '!';
  if (phase === 'unclear') return '⏳';
  if (phase === 'planned' && step.state.delay) return '⏳';
  return index === currentIndex(run) && run.state === 'open' ? '▸' : ' ';
};

/** The list that ticks: one row per step. */
export const stepRows = (run: Run): readonly string[] =>
  run.steps.map((step, index) => {
    const running = index === currentIndex(run) && run.state === 'open';
    return `${mark(run, step, index)} ${stepText(run, step)}${running ? ' …' : ''}`;
  });

/** `Done: comment, labor.   Not done: invoice, check, status.` */
export const doneAndNot = (run: Run): string => {
  const names = (wanted: boolean) =>
    run.steps.filter(({ state }) => (state.phase === 'done') === wanted).map(({ action }) => stepWord(action));
  const done = names(true).join(', ') || 'nothing';
  const not = names(false).join(', ') || 'nothing';
  return `Done: ${done}.   Not done: ${not}.`;
};
