import { z } from 'zod';
import { fromCopy } from '../../../slack/copy-first.ts';
import { type Rows, reads } from '../../../slack/feature.ts';
import { type Action, fromAnotherTime, fromJson, PAGE, type Pressed } from '../../../slack/pressed.ts';
import { sayWhenReady } from '../../../slack/say.ts';
import type { OpenQuery } from '../list-open.ts';
import type { OpenFilter } from '../open-list.ts';
import { openListMessage } from './open-list.ts';
import { uninvoicedMessage } from './uninvoiced.ts';
import type { TicketsUse } from './use.ts';

const STATUS = z.string().min(1).max(75);
const QUERY = z.union([
  z.object({ f: z.enum(['mine', 'all', 'unassigned', 'replied', 'overdue', 'attention']), p: PAGE }),
  z.object({ f: z.literal('status'), s: STATUS, p: PAGE }),
]);

const readQuery = (value: string): OpenQuery => {
  const query = fromJson(QUERY, value);
  const filter: OpenFilter = query.f === 'status' ? { by: query.f, status: query.s } : { by: query.f };
  return { filter, page: query.p };
};

/** A list is put in place of one's own; a message that others read (the digest) keeps its place. */
const place = ({ ephemeral }: Pressed) => (ephemeral ? { replace: true } : { beside: true });

const showOpen = (pressed: Pressed<TicketsUse>, query: OpenQuery): Promise<void> => {
  const { deps, use, technician, say } = pressed;
  return sayWhenReady(
    say,
    'Reading the open tickets',
    async () => openListMessage(await use.listOpen(technician, query), deps.links, deps.clock.now()),
    {
      ...place(pressed),
      copy: fromCopy(
        deps,
        () => use.copied.open(technician, query),
        (list) => openListMessage(list, deps.links, deps.clock.now()),
      ),
    },
  );
};

const openList: Action<TicketsUse> = (pressed) => showOpen(pressed, readQuery(pressed.value));

const openStatus: Action<TicketsUse> = (pressed) => {
  const status = STATUS.safeParse(pressed.value);
  if (!status.success) throw fromAnotherTime();
  return showOpen(pressed, { filter: { by: 'status', status: status.data }, page: 1 });
};

const showUninvoiced =
  (further: boolean): Action<TicketsUse> =>
  (pressed) => {
    const { deps, use, technician, say } = pressed;
    return sayWhenReady(
      say,
      'Looking into what was resolved',
      async () => uninvoicedMessage(await use.uninvoiced.recent(technician, further), deps.links, deps.clock.now()),
      further ? place(pressed) : { beside: true },
    );
  };

/** One id per button, since Slack wants them unique within a block; `open:list` is for messages that show one. */
export const listButtons: NonNullable<Rows<TicketsUse>['buttons']> = {
  ...Object.fromEntries(
    ['list', 'mine', 'all', 'unassigned', 'replied', 'overdue', 'previous', 'next'].map((id) => [
      `open:${id}`,
      reads(openList),
    ]),
  ),
  'open:status': reads(openStatus),
  'open:uninvoiced': reads(showUninvoiced(false)),
  'open:further': reads(showUninvoiced(true)),
};
