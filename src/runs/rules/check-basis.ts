import { sameHours } from '../../shared/minutes.ts';
import type { ClockNow } from '../../shared/system.ts';
import type { InvoiceSummary } from '../../syncro/invoice.ts';
import type { Comment, LineItem, Ticket } from '../../syncro/ticket.ts';
import type { Write } from '../../syncro/write.ts';
import { type Basis, basisOf, type Changed, changedPeople } from './basis.ts';
import { linesOf, type PlannedLine, planned, withOlderLine, withOlderLines } from './bill-plan.ts';
import { changedTarget } from './correction.ts';
import { addedTo, touchesBy } from './deletion.ts';
import { traceOf } from './doubles.ts';
import { hasPlan, isCharge } from './purpose.ts';
import { effectsOf } from './reconcile.ts';
import { emailsCustomer } from './resend.ts';
import { ask, currentStep, type PlannedRun, previousOf, type Run } from './run.ts';
import { isWrite } from './step.ts';

/** What was found to be so is taken for true as long as the work goes on without a pause. */
const GOOD_FOR_MS = 30_000;

/** What takes a double out again was decided in front of it; a change of fields may be told at once and harms nobody. */
const rests = (run: Run): boolean => {
  const action = currentStep(run)?.action;
  if (!action || run.ticket.id === null || run.kind === 'create' || run.kind === 'update') return false;
  if (isChange(run)) return isWrite(action);
  return ['comment', 'line_item', 'invoice', 'timer', 'timer_charge', 'ticket_update'].includes(action.kind);
};

/** What is put right or taken away must be what was seen, at the very moment. */
const isChange = ({ kind }: Run): boolean => kind === 'correct' || kind === 'delete';

const nothingSent = ({ steps }: Run): boolean =>
  steps.every(({ state, firstIntent }) => state.phase !== 'done' && firstIntent === null);

/** Whose address a new ticket's description is mailed to. A customer who is made with it has the one that was typed. */
export type Mailed = { readonly customerId: number; readonly contactId: number | null };

const mailedBy = (run: Run): Mailed | null => {
  const action = currentStep(run)?.action;
  if (!action || !isWrite(action) || action.kind !== 'ticket' || !emailsCustomer(action)) return null;
  if (run.steps.some((step) => step.action.kind === 'customer')) return null;
  return { customerId: action.customerId, contactId: action.fields.contactId ?? null };
};

type ToRead = {
  readonly ticket: boolean;
  readonly invoices: boolean;
  readonly comments?: true;
  readonly address?: Mailed;
};

/** What must be read before the current step may be sent. */
export const toRead = (run: Run, { now, setAt }: ClockNow): ToRead => {
  const age = now - (run.checkedAt ?? Number.NEGATIVE_INFINITY);
  const ticket = (run.checkedBy ?? 0) !== setAt || age < 0 || age > GOOD_FOR_MS;
  const mailed = mailedBy(run);
  if (mailed) return { ticket: false, invoices: false, ...(ticket ? { address: mailed } : {}) };
  if (!rests(run)) return { ticket: false, invoices: false };
  if (run.kind === 'correct') return { ticket, invoices: ticket && run.correction.before.of === 'line' };
  if (run.kind === 'delete') return { ticket, invoices: ticket, ...(ticket ? { comments: true } : {}) };
  const makesMoney = hasPlan(run) && !isCharge(run) && currentStep(run)?.action.kind !== 'ticket_update';
  // An invoice of somebody else's is the one thing that is looked for even right after the preview.
  return { ticket, invoices: makesMoney && (ticket || nothingSent(run)) };
};

/** Lines that this run put there itself: by their ids, or where those are not known by what they are. */
const ownLines = (run: Run, ticket: Ticket): ReadonlySet<number> =>
  new Set(
    run.steps.flatMap(({ action, state, firstIntent }) => {
      if (!isWrite(action) || (action.kind !== 'line_item' && action.kind !== 'timer_charge')) return [];
      if (action.kind === 'line_item' && state.phase === 'done' && state.id !== null) return [state.id];
      const linked = ticket.timers.filter(({ id }) => action.kind === 'timer_charge' && id === action.timerId);
      const effects = (firstIntent && effectsOf(traceOf(run, action), firstIntent, run.known, { ticket })) ?? [];
      return [...effects.map(({ id }) => id), ...linked.flatMap(({ lineItemId }) => lineItemId ?? [])];
    }),
  );

const changedLines = (run: Run, ticket: Ticket): readonly Changed[] => {
  if (!hasPlan(run) && run.kind !== 'timer') return [];
  const olderLines = hasPlan(run) ? changedOlderLines(run, ticket) : [];
  const own = ownLines(run, ticket);
  const isNew = ({ id }: LineItem): boolean => !run.known.lineItemIds.includes(id) && !own.has(id);
  const newLines = ticket.lineItems.filter(isNew).map((row): Changed => {
    const { id, name, quantityHundredths, rateCents } = row;
    const change = { kind: 'line', id, name, quantityHundredths, rateCents } as const;
    return row.invoiced ? change : { ...change, line: { id, ...planned(row) } };
  });
  return [...newLines, ...olderLines];
};

/** What would be invoiced along with our line, and was previewed otherwise. */
const changedOlderLines = ({ plan }: PlannedRun, ticket: Ticket): readonly Changed[] =>
  plan.olderLines.flatMap(({ id, name, quantityHundredths, rateCents, productId }): readonly Changed[] => {
    if (id === undefined) return [];
    const from = { quantityHundredths, rateCents };
    const row = ticket.lineItems.find((line) => line.id === id && !line.invoiced);
    if (!row) return [{ kind: 'older_line', id, name, from, to: null }];
    const to = { quantityHundredths: row.quantityHundredths, rateCents: row.rateCents, productId: row.productId };
    const isSame = to.productId === productId && sameHours(to.quantityHundredths, quantityHundredths);
    return isSame && to.rateCents === rateCents ? [] : [{ kind: 'older_line', id, name: row.name, from, to }];
  });

/** What is to be corrected is not as it was seen, or the ticket that is to go is not one person's alone. */
const changedTargets = (run: Run, ticket: Ticket, comments: readonly Comment[]): readonly Changed[] => {
  if (run.kind === 'correct') {
    const changed = changedTarget(run.correction, ticket);
    return changed ? [{ kind: 'target', ...changed }] : [];
  }
  if (run.kind !== 'delete') return [];
  const contents = { ticket, comments, invoices: [] };
  const touches = touchesBy(contents, run.author.id);
  const added = addedTo(contents, run.known, run.author).filter(({ id }) => !touches.some((touch) => touch.id === id));
  return [...touches, ...added].map((touch) => ({ kind: 'touched', touch }));
};

const changedInvoices = (run: Run, invoices: readonly InvoiceSummary[]): readonly Changed[] =>
  invoices
    .filter(
      ({ id, ticketId }) => (ticketId === null || ticketId === run.ticket.id) && !run.known.invoiceIds.includes(id),
    )
    .map(({ id, number, totalCents }) => ({ kind: 'invoice', id, number, totalCents }));

/** Once our invoice is made, Syncro may set the status by itself; of a close it is what is wanted. */
const changedStatus = (run: Run, before: Basis, now: Basis): readonly Changed[] => {
  const update = run.steps.find(({ action }) => action.kind === 'ticket_update')?.action;
  if (update?.kind !== 'ticket_update' || before.status === now.status) return [];
  const isInvoiced = run.steps.some(({ action, state }) => action.kind === 'invoice' && state.phase === 'done');
  const isReached = now.status === update.fields.status && (isInvoiced || run.kind === 'close');
  return isReached ? [] : [{ kind: 'status', from: before.status, to: now.status }];
};

const toCustomer = (write: Write): boolean => write.kind === 'comment' && write.audience !== 'internal';

const changesOf = (run: Run, { ticket, invoices, comments, address }: Facts): readonly Changed[] => {
  const step = currentStep(run);
  if (!step || !isWrite(step.action)) return [];
  if (run.kind === 'create')
    return address === undefined || address === run.emailTo
      ? []
      : [{ kind: 'address', from: run.emailTo, to: address }];
  const money = step.action.kind === 'ticket_update' ? [] : changedInvoices(run, invoices ?? []);
  if (!ticket) return money;
  const now = basisOf(ticket);
  const { customerId, customerName } = run.ticket;
  const before = run.basis ?? { ...now, customerId, customerName };
  const people = changedPeople(before, now);
  return [
    // Who reads the ticket matters until the words are out, and whose it is matters to the end.
    ...(nothingSent(run) || toCustomer(step.action) ? people : people.filter(({ kind }) => kind === 'customer')),
    ...changedStatus(run, before, now),
    ...(step.action.kind === 'ticket_update' ? [] : changedLines(run, ticket)),
    ...changedTargets(run, ticket, comments ?? []),
    ...money,
  ];
};

type Facts = {
  readonly ticket: Ticket | null;
  readonly invoices: readonly InvoiceSummary[] | null;
  readonly comments?: readonly Comment[] | null;
  /** Absent: it was not read. */
  readonly address?: string | null;
};

/**
 * Asks where something is not as it was when the person decided; else what was read is good for a while. An invoice of
 * what was there, a correction and a deletion are not asked about: nothing is lost with them, and they are begun anew in a
 * moment.
 */
export const checkedBasis = (run: Run, facts: Facts, { now, setAt }: ClockNow): Run => {
  const changes = changesOf(run, facts);
  if (changes.length > 0 && (run.kind === 'invoice' || isChange(run)) && nothingSent(run))
    return { ...run, state: 'stopped', finishedAt: now, overtakenBy: changes };
  if (changes.length > 0) return ask(run, { kind: 'changed', changes }, previousOf(run));
  return facts.ticket || facts.address !== undefined ? { ...run, checkedAt: now, checkedBy: setAt } : run;
};

const isAcceptable = (run: Run, change: Changed): boolean => {
  if (change.kind === 'target') return change.to !== null && typeof change.to === 'object';
  if (change.kind === 'invoice') return !isChange(run);
  return change.kind !== 'customer' && change.kind !== 'touched';
};

const wouldInvoiceNothing = (run: Run): boolean => hasPlan(run) && linesOf(run.plan).length === 0;

/**
 * Another customer's ticket is not what was decided about: then there is no going on. Nor with what is gone, charged or
 * invoiced, and with what somebody else wrote on. An invoice that would hold nothing is not made.
 */
export const mayGoOnAnyway = (run: Run, changes: readonly Changed[]): boolean =>
  changes.every((change) => isAcceptable(run, change)) && !wouldInvoiceNothing(withAllAccepted(run, changes));

/** The person saw the changes and goes on: only what changes after that is asked about again. */
export const accepted = (run: Run, changes: readonly Changed[]): Run =>
  mayGoOnAnyway(run, changes) ? withAllAccepted(run, changes) : run;

const withAllAccepted = (run: Run, changes: readonly Changed[]): Run => changes.reduce(withAccepted, run);

const withAccepted = (run: Run, change: Changed): Run => {
  const { basis, known } = run;
  switch (change.kind) {
    case 'line':
      return withLineAlong(
        { ...run, known: { ...known, lineItemIds: [...known.lineItemIds, change.id] } },
        change.line,
      );
    case 'older_line':
      if (run.kind === 'bill') return { ...run, plan: withOlderLine(run.plan, change.id, change.to) };
      return run.kind === 'invoice' ? { ...run, plan: withOlderLine(run.plan, change.id, change.to) } : run;
    case 'invoice':
      return { ...run, known: { ...known, invoiceIds: [...known.invoiceIds, change.id] } };
    case 'status':
      return basis ? { ...run, basis: { ...basis, status: change.to ?? '' } } : run;
    case 'contact':
      return basis ? { ...run, basis: { ...basis, contactId: change.id, contactName: change.to } } : run;
    case 'address':
      return withAddress(basis ? { ...run, basis: { ...basis, address: change.to } } : run, change.to);
    case 'target':
      return run.kind === 'correct' && change.to !== null && typeof change.to === 'object'
        ? { ...run, correction: { ...run.correction, before: change.to } }
        : run;
    case 'touched':
    case 'customer':
      return run;
  }
};

/**
 * The invoice that is yet to be made takes it along. One like ours may be ours, from a request that arrived late: then the
 * check of the invoice must say that there are two.
 */
const withLineAlong = (run: Run, line: PlannedLine | undefined): Run => {
  if (!line || isCharge(run)) return run;
  const own = run.kind === 'bill' ? run.plan.line : null;
  const isLikeOurs = own?.productId === line.productId && own.rateCents === line.rateCents;
  if (isLikeOurs && sameHours(own.quantityHundredths, line.quantityHundredths)) return run;
  if (run.kind === 'bill') return { ...run, plan: withOlderLines(run.plan, [...run.plan.olderLines, line]) };
  return run.kind === 'invoice' ? { ...run, plan: withOlderLines(run.plan, [...run.plan.olderLines, line]) } : run;
};

/** The receipt names who got the mail. */
const withAddress = (run: Run, to: string | null): Run => {
  const mails = run.steps.some(({ action }) => isWrite(action) && emailsCustomer(action));
  if (!mails) return run;
  switch (run.kind) {
    case 'bill':
      return { ...run, plan: { ...run.plan, comment: { ...run.plan.comment, emailTo: to } } };
    case 'comment':
    case 'close':
    case 'create':
    case 'not_billable':
      return { ...run, emailTo: to };
    case 'invoice':
    case 'update':
    case 'timer':
    case 'correct':
    case 'delete':
      return run;
  }
};
