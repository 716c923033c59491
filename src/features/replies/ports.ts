import type { FoundPost, Posting } from '../../shared/posting.ts';
import type { Technician } from '../../shared/technician.ts';
import type { CustomerReply } from '../../syncro/customer-reply.ts';

/** What a notification of Syncro's is about. Nothing else of it is believed: what is there is read from Syncro. */
export type RecordRef = { readonly kind: 'ticket' | 'customer'; readonly id: number };

/** Something in Syncro that may have changed. */
export type NotifiedRecord = RecordRef & {
  /** When the first of the notifications came that it stands for. */
  readonly notifiedAt: number;
  /** Grows with every notification: by it one that came during the work is not lost. */
  readonly version: number;
};

/** Notifications that were taken and not followed yet, one row per record. Every method is one statement. */
export interface NotifiedRecords {
  /** One more notification about it. Followed after a moment, so that several at once are one. */
  note(subject: RecordRef, now: number): Promise<void>;
  /** How many wait. */
  waiting(): Promise<number>;
  /** The one that is due longest and that nobody works on; it is this owner's until the lease ends. */
  claim(owner: string, now: number, leaseMs: number): Promise<NotifiedRecord | null>;
  renew(record: NotifiedRecord, owner: string, until: number): Promise<void>;
  /** It was followed. What came meanwhile is due after a rest, as is what comes during that. */
  settle(record: NotifiedRecord, owner: string, now: number): Promise<void>;
  /** Nobody takes it before then. */
  putBack(record: NotifiedRecord, owner: string, until: number): Promise<void>;
}

/** How a reply that was begun to be told ended. */
export type ToldState =
  | 'told'
  /** Slack did not take it, and would not take it again. */
  | 'refused'
  /** It was perhaps told, and nobody can look. Never told again. */
  | 'unknown';

/** Which replies of customers were told, by the comment's id. Every method is one statement. */
export interface ToldReplies {
  get(commentId: number): Promise<ToldState | 'telling' | null>;
  /**
   * Takes a reply that nobody has begun to tell, or whose holder's lease has ended. `since`: when somebody first began;
   * `begun`: somebody before this owner did. `null`: it is held or settled.
   */
  begin(
    reply: Pick<CustomerReply, 'commentId' | 'ticket'>,
    owner: string,
    now: number,
    leaseMs: number,
  ): Promise<{ readonly begun: boolean; readonly since: number } | null>;
  /** The last gate before it is sent. False: the lease is lost. */
  renew(commentId: number, owner: string, now: number, leaseMs: number): Promise<boolean>;
  /** It certainly never left: as if nobody had begun. */
  forget(commentId: number, owner: string): Promise<void>;
  /** False: somebody else holds it by now. */
  settle(commentId: number, owner: string, state: ToldState): Promise<boolean>;
}

/** Where technicians hear of replies. */
export interface ReplyBoard {
  /** Sends once. Never throws for what Slack or the network does. */
  tell(technician: Technician, reply: CustomerReply): Promise<Posting>;
  /** The message about a reply, if one was sent since then. @throws when Slack can't be asked now */
  find(technician: Technician, commentId: number, since: number): Promise<FoundPost>;
}
