import { shorten } from '../../shared/text.ts';
import type { TicketChange } from '../rules/ticket-changes.ts';

const LENGTH = 80;

/** `2026-12-01` -> `1 Dec`: a day is the same day in every zone. */
export const dayText = (date: string): string =>
  new Date(date).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

const valueText = (field: TicketChange['field'], value: string | null): string => {
  if (value === null) return field === 'technician' ? 'nobody' : 'none';
  return field === 'due' ? dayText(value) : shorten(value, LENGTH);
};

/** `New → Waiting on Customer, technician nobody → Winter Hale`. */
export const arrowsText = (changes: readonly TicketChange[]): string =>
  changes
    .map(({ field, from, to }) => {
      const arrow = `${valueText(field, from)} → ${valueText(field, to)}`;
      return field === 'status' ? arrow : `${field} ${arrow}`;
    })
    .join(', ');

/** `Status Waiting on Customer, priority 1 High, technician Winter Hale, due 1 Dec`. */
export const targetsText = (changes: readonly TicketChange[]): string => {
  const text = changes.map(({ field, to }) => `${field} ${valueText(field, to)}`).join(', ');
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
};
