import type { OpenedForms } from '../../runs/opened-forms.ts';
import { basisOf } from '../../runs/rules/basis.ts';
import { type EqualComment, equalComment } from '../../runs/rules/preview-warnings.ts';
import { NOTHING_SEEN, type Work, workOn } from '../../runs/rules/work.ts';
import type { Clock } from '../../shared/system.ts';
import type { Technician } from '../../shared/technician.ts';
import type { Audience } from '../../syncro/audience.ts';
import type { Author, Identity } from '../../syncro/identity.ts';
import { commentIdsOf, type KnownTicket, mailAddress, type Ticket, type TicketNumber } from '../../syncro/ticket.ts';
import type { Words } from '../../syncro/write.ts';
import { type FindDeps, readTicket } from '../tickets/find-ticket.ts';

export type CommentDeps = FindDeps & {
  readonly identity: Identity;
  readonly opened: OpenedForms;
  readonly clock: Clock;
};

export type CommentHeader = {
  readonly ticket: KnownTicket;
  readonly emailTo: string | null;
  /** Syncro is told not to email this customer. */
  readonly noEmail: boolean;
};

export type CommentChoice = Omit<Words, 'subject'>;

export type CommentPreview = {
  readonly ticket: KnownTicket;
  readonly choice: CommentChoice;
  readonly emailTo: string | null;
  /** What the one who gets the mail is called. */
  readonly addressee: string;
  readonly noEmail: boolean;
  readonly equal: EqualComment | null;
  readonly author: Author;
};

/** None of the subjects by which Syncro moves a ticket's status (Diagnosis, Parts Arrival, Parts Order). */
const commentSubject = (audience: Audience): string => (audience === 'internal' ? 'Internal Note' : 'Update');

const firstWord = (name: string): string => name.trim().split(/\s+/)[0] ?? '';

/** The first name of the contact if it is their address; a customer is a person where the address begins with their name. */
const addressee = (ticket: Ticket): string => {
  const { customerName } = ticket;
  const contact = ticket.contact?.email ? ticket.contact : null;
  const first = firstWord(contact?.name ?? customerName);
  const isPerson = contact !== null || mailAddress(ticket)?.toLowerCase().startsWith(first.toLowerCase());
  return (isPerson ? first : customerName.trim()) || 'the customer';
};

export const createCommenting = (deps: CommentDeps) => {
  const { identity, opened, clock } = deps;
  return {
    /** What stands over the form. @throws AppError not_found, no_key */
    header: async (technician: Technician, number: TicketNumber): Promise<CommentHeader> => {
      const ticket = await readTicket(deps, await identity.reader(technician), number);
      return { ticket, emailTo: mailAddress(ticket), noEmail: ticket.customerNoEmail };
    },

    /** Reads who would get it and what is there already; what it returns is what is sent when it is confirmed. @throws AppError */
    preview: async (
      technician: Technician,
      formId: string,
      choice: CommentChoice,
      preview: string | null = null,
    ): Promise<CommentPreview> => {
      const form = await opened.toPreview(technician, formId, preview);
      const { caller, author } = await identity.writer(technician, 'person');
      const readAt = clock.now();
      const ticket = await readTicket(deps, caller, form.ticketNumber);
      const emailTo = choice.audience === 'email' ? mailAddress(ticket) : null;
      const work: Work = {
        kind: 'comment',
        ...workOn(ticket, author),
        known: { ...NOTHING_SEEN, commentIds: commentIdsOf(ticket) },
        basis: basisOf(ticket),
        emailTo,
        actions: [{ kind: 'comment', ticketId: ticket.id, subject: commentSubject(choice.audience), ...choice }],
      };
      await opened.keepPreview(form, work, readAt);
      const equal = equalComment(ticket.comments, choice.body, clock.now());
      return { ticket, choice, emailTo, addressee: addressee(ticket), noEmail: ticket.customerNoEmail, author, equal };
    },
  };
};

export type Commenting = ReturnType<typeof createCommenting>;
