import { h, type Node, type Tree } from '../../picture/tree.ts';
import type { UnconnectedPart } from '../shapes.ts';
import { type Step, stepsOf, trouble } from './path.ts';
import { type Path, received, ui } from './state.ts';
import { nextTrial } from './try-this.ts';

const button = (label: string, attrs: Readonly<Record<string, string>>, kind = ''): Tree =>
  h('button', { type: 'button', class: `button ${kind}`.trim(), ...attrs }, label);

const dismiss = (does: string, label: string): Tree =>
  h('button', { type: 'button', class: 'x', 'data-do': does, 'aria-label': label }, '✕');

const bar = (key: string, words: readonly Node[], ...more: readonly (Tree | null)[]): Tree =>
  h(
    'section',
    { class: `guidance ${key}`, 'data-key': 'guidance', 'aria-label': 'Guide' },
    h('p', { class: 'lead', role: 'status' }, ...words),
    ...more,
  );

const finished = (count: number): string => `${count} finished ${count === 1 ? 'ticket' : 'tickets'}`;

const offer = (): Tree | null => {
  const { tickets = [], total = '' } = received.money ?? {};
  if (tickets.length === 0) return null;
  const were = tickets.length === 1 ? 'was' : 'were';
  return bar(
    'offer',
    [h('b', {}, `${finished(tickets.length)} ${were} never invoiced: ${total}.`), ' Bill one in 20 seconds.'],
    button('Start', { 'data-do': 'startPath' }, 'primary'),
    dismiss('hidePath', 'Hide the guide'),
  );
};

const stepTree = ({ title, isDone }: Step, index: number, current: number): Tree =>
  h(
    'li',
    {
      class: isDone ? 'done' : index === current ? 'now' : 'later',
      'aria-current': index === current ? 'step' : undefined,
      'data-key': String(index),
    },
    h('span', { class: 'tick', 'aria-hidden': 'true' }, isDone ? '✓' : String(index + 1)),
    h('span', {}, title, isDone ? h('span', { class: 'unseen' }, ' (done)') : null),
  );

const onTheWay = (path: Path): Tree => {
  const steps = stepsOf(path);
  const current = steps.findIndex(({ isDone }) => !isDone);
  const isLast = current === steps.length - 1;
  return bar(
    'steps',
    [h('b', {}, `#${path.ticket}`), h('span', { class: 'unseen' }, `: step ${current + 1} of ${steps.length}`)],
    h('ol', {}, ...steps.map((step, index) => stepTree(step, index, current))),
    isLast
      ? button('Show the receipt', { 'data-do': 'showReceipt', 'data-ticket': String(path.ticket) }, 'primary')
      : null,
    dismiss('hidePath', 'Hide the guide'),
  );
};

const arrived = (ticket: number, seconds: number): Tree => {
  const { tickets = [], total = '' } = received.money ?? {};
  const left =
    tickets.length === 0 ? 'Nothing finished is left uninvoiced.' : `${finished(tickets.length)} left: ${total}.`;
  const next = nextTrial();
  return bar(
    'arrived',
    [
      h('b', {}, `✓ #${ticket} is invoiced, ${seconds} ${seconds === 1 ? 'second' : 'seconds'} after you started.`),
      ` ${left}`,
    ],
    next ? button(`Next: ${next.title}`, { 'data-do': 'try', 'data-trial': next.name }) : null,
    dismiss('hidePath', 'Hide the guide'),
  );
};

const troubleBar = ({ id, what, ticket, answer }: NonNullable<ReturnType<typeof trouble>>): Tree => {
  const it = `“${what}” on #${ticket}`;
  return bar(
    'trouble',
    [
      h('b', {}, answer === 'lost' ? `${it} never reached Syncro.` : `Syncro's answer to ${it} was lost.`),
      ' The receipt says what the app did about it.',
    ],
    button('Show the receipt', { 'data-do': 'showReceipt', 'data-ticket': String(ticket) }, 'primary'),
    h(
      'button',
      { type: 'button', class: 'x', 'data-do': 'hideTrouble', 'data-request': id, 'aria-label': 'Dismiss' },
      '✕',
    ),
  );
};

const connectBar = ({ name, token }: UnconnectedPart): Tree =>
  bar(
    'connect',
    [
      h('b', {}, `${name} has no Syncro key yet.`),
      ' Type /syncro connect and enter this sample token: ',
      h('code', {}, token),
    ],
    button('Copy', { 'data-do': 'copy', 'data-text': token }),
    button('Type it for me', { 'data-do': 'write', 'data-text': '/syncro connect' }, 'primary'),
  );

/** What the demo itself has to say, over everything: one thing at a time. */
export const guidance = (): Tree | null => {
  const { path } = ui;
  if (received.unconnected) return connectBar(received.unconnected);
  const wrong = trouble();
  if (wrong) return troubleBar(wrong);
  if (path === 'hidden') return null;
  if (path === 'offered') return offer();
  return path.seconds !== undefined && path.hasReceipt ? arrived(path.ticket, path.seconds) : onTheWay(path);
};
