import { elementsOf } from '../../slack/elements.ts';
import { type Json, jsonsOf } from '../../slack/json.ts';
import { messages, received, type Target, type Where } from './state.ts';

const whereOf = (element: Element): Where | null => {
  const view = element.closest<HTMLElement>('[data-view]')?.dataset.view;
  if (view) return { view };
  const { channel, ts } = element.closest<HTMLElement>('[data-ts][data-channel]')?.dataset ?? {};
  return channel && ts ? { channel, ts } : null;
};

/** Which of Slack's elements this stands for. */
export const targetOf = (element: Element): Target | null => {
  const { block, action } = element.closest<HTMLElement>('[data-action]')?.dataset ?? {};
  const where = whereOf(element);
  return where && block && action ? { where, block, action } : null;
};

const blocksOf = (where: Where): readonly Json[] => {
  if ('view' in where) {
    const view = [...(received.stack ?? []), received.home].find((each) => each?.id === where.view);
    return jsonsOf(view?.source.blocks);
  }
  const message = messages().find(({ channel, ts }) => channel === where.channel && ts === where.ts);
  return message ? [...message.blocks, ...message.attachments.flatMap((each) => jsonsOf(each.blocks))] : [];
};

/** The element as the app sent it. */
export const elementJson = ({ where, block, action }: Target): Json =>
  elementsOf(blocksOf(where)).find(({ blockId, actionId }) => blockId === block && actionId === action)?.element ?? {};
