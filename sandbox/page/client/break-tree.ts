import { h, type Tree } from '../../picture/tree.ts';
import { received } from './state.ts';

const switchButton = (name: string, label: string, on: boolean): Tree =>
  h(
    'button',
    {
      type: 'button',
      class: on ? 'switch on' : 'switch',
      'aria-pressed': on ? 'true' : 'false',
      'data-do': 'toggle',
      'data-name': name,
      'data-key': name,
    },
    label,
  );

/** The switches that are on; pressing one takes it back. */
export const orderedSwitches = (): Tree | null => {
  const on = received.switches?.toggles.filter((each) => each.on) ?? [];
  if (on.length === 0) return null;
  return h('p', { class: 'ordered' }, ...on.map(({ name, label }) => switchButton(name, label, true)));
};

export const breakIt = (): Tree => {
  const { toggles = [], latencyMs = 0, maxLatencyMs = 0 } = received.switches ?? {};
  return h(
    'div',
    {},
    h(
      'ul',
      { class: 'switches' },
      ...toggles.map(({ name, label, about, on }) =>
        h('li', { 'data-key': name }, switchButton(name, label, on), h('span', {}, about)),
      ),
    ),
    h(
      'label',
      { class: 'latency' },
      h('span', {}, 'Syncro answers after '),
      h('input', {
        type: 'range',
        id: 'latency',
        min: '0',
        max: String(maxLatencyMs),
        step: '20',
        value: String(latencyMs),
      }),
      h('output', {}, `${latencyMs} ms`),
    ),
  );
};
