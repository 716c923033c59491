import type { Asked } from '../../../slack/asked.ts';
import { openView, type ShownView, updateView } from '../../../slack/forms/views.ts';
import { failureReply } from '../../../slack/person.ts';
import { draftFrom, emailsShown, idOf, type NewTicket, type OpenedCreateDraft, pointedIn } from './create-draft.ts';
import type { CreateFormReading } from './create-inputs.ts';
import { CREATE_FORM, createView, lookingView } from './form.ts';
import type { CreateUse } from './use.ts';

type Person = Pick<Asked<CreateUse>, 'deps' | 'use' | 'technician'>;

const NOTHING_READ: CreateFormReading = { lists: null, facts: null, author: null, problem: null };

const viewOf = async (
  { deps, use, technician }: Person,
  formId: string,
  draft: OpenedCreateDraft,
  read: CreateFormReading,
) => {
  const id = idOf(draft.customer);
  const { creating } = use;
  const customer = (id === null ? null : await creating.remembered(id)) ?? read.facts?.customer ?? null;
  return createView({
    formId,
    me: technician,
    draft,
    customer,
    alike: customer ? await creating.alike(customer) : [],
    ...read,
    links: deps.links,
    now: deps.clock.now(),
  });
};

/**
 * Adds what Syncro says of the account and of the chosen customer to a form that is open. Another customer chosen
 * meanwhile is read next; whoever has pressed Create is not disturbed any more.
 * @param anew what was read a moment ago is not good enough
 */
export const fillInCreateForm = async (
  person: Person,
  formId: string,
  shown: ShownView,
  anew = false,
): Promise<void> => {
  const { deps, technician } = person;
  const { creating, opened } = person.use;
  for (;;) {
    const chosen = idOf((await opened.own(technician, formId)).draft?.customer);
    const [lists, facts, author] = await Promise.allSettled([
      creating.lists(technician),
      chosen === null ? null : creating.facts(technician, chosen, anew),
      creating.author(technician),
    ]);
    const { draft, previewing } = await opened.own(technician, formId);
    if (previewing) return;
    if (idOf(draft?.customer) !== chosen) continue;
    if (facts.status === 'fulfilled' && facts.value)
      await opened.noteTyped(technician, formId, { emails: emailsShown(facts.value) });
    const failed = [author, lists, facts].find((each) => each.status === 'rejected');
    const doing = { command: '/syncro', writing: true, who: technician.name };
    const view = await viewOf(person, formId, draft ?? {}, {
      lists: lists.status === 'fulfilled' ? lists.value : null,
      facts: facts.status === 'fulfilled' ? facts.value : null,
      author: author.status === 'fulfilled' ? author.value : null,
      problem: failed ? failureReply(deps, failed.reason, doing) : null,
    });
    await updateView(deps, shown, view);
    return;
  }
};

/** The form as it stands, before anything is read for it. @throws AppError stale */
export const createFormView = async (person: Person, formId: string) => {
  const { draft } = await person.use.opened.own(person.technician, formId);
  return viewOf(person, formId, draft ?? {}, NOTHING_READ);
};

/**
 * Opens the form for a new ticket at once, or puts it into a view that is open; the account's lists and the customer's
 * tickets appear when they were read. Nobody is guessed: a text that fits several customers is asked about. An empty one
 * begins with the draft that was left in one.
 * @param viewId a view that is open already and becomes this form
 */
export const openCreateForm = async (asked: Asked<CreateUse>, wanted: NewTicket, viewId?: string): Promise<void> => {
  const { deps, technician } = asked;
  const { creating, opened } = asked.use;
  const pointed = pointedIn(wanted);
  const known = pointed && (await creating.known(pointed));
  const mustAsk = pointed !== null && known === null;
  const given = draftFrom(wanted, known);
  const isBlank = pointed === null && Object.values(given).every((value) => value === '');
  const opening = { ticketNumber: null, kind: CREATE_FORM, draft: given, askedIn: asked.channel };
  const { formId, draft: kept, savedAt } = await opened.openWithDraft(technician, opening, isBlank);
  // Which address the other form showed says nothing of this one.
  const draft: OpenedCreateDraft = savedAt === null ? kept : { ...kept, emails: '', savedAt: String(savedAt) };
  if (savedAt !== null) await opened.noteDraft(technician, formId, draft);
  const first = mustAsk ? lookingView(formId) : await viewOf(asked, formId, draft, NOTHING_READ);
  let shown = viewId
    ? await updateView(deps, { id: viewId, hash: null }, first)
    : await openView(deps, asked.triggerId, first);
  creating.freshen(technician);
  if (shown && mustAsk) {
    const found = draftFrom(wanted, await creating.live(technician, pointed));
    await opened.noteFound(technician, formId, found);
    shown = await updateView(deps, shown, await viewOf(asked, formId, found, NOTHING_READ));
  }
  if (shown) await fillInCreateForm(asked, formId, shown);
};

/** The form as it was left, with everything that was typed. */
export const showCreateFormAgain = async (asked: Asked<CreateUse>, formId: string, viewId: string): Promise<void> => {
  const { draft } = await asked.use.opened.reopen(asked.technician, formId);
  const view = await viewOf(asked, formId, draft, NOTHING_READ);
  const shown = await updateView(asked.deps, { id: viewId, hash: null }, view);
  if (shown) await fillInCreateForm(asked, formId, shown, true);
};
