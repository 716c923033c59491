import { shorten } from '../../../shared/text.ts';
import type { Unread } from '../../../syncro/ticket.ts';

const KINDS: Readonly<Record<Unread['kind'], string>> = {
  comment: 'A comment',
  line: 'A line',
  time_entry: 'A time entry',
};

/** What it is, as far as that can be read: `A line ("Labor")`. */
export const unreadName = ({ kind, name }: Unread): string =>
  name === '' ? KINDS[kind] : `${KINDS[kind]} ("${shorten(name, 80)}")`;
