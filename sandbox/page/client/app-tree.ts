import { h, type Tree } from '../../picture/tree.ts';
import { received } from './state.ts';

/** The app's process, and the way to kill it. */
export const appLine = (): Tree | null => {
  const { app, info } = received;
  if (!app || !info) return null;
  const about = [info.mode === 'socket' ? 'Socket Mode' : 'HTTP', app.deaths === 0 ? null : `killed ${app.deaths}×`];
  return h(
    'div',
    { class: 'app-line', 'data-key': 'app' },
    h('span', { class: `dot ${app.state}`, 'aria-hidden': 'true' }),
    h(
      'p',
      { class: 'grow', title: app.pid === null ? undefined : `process ${app.pid}` },
      h('b', {}, app.state === 'dead' ? 'The app was killed' : `The app is ${app.state}`),
      ' ',
      h('span', { class: 'fine' }, about.filter((each) => each !== null).join(' · ')),
    ),
    h(
      'button',
      { type: 'button', class: 'switch kill', 'data-do': 'kill', disabled: app.pid === null },
      'Kill the app now',
    ),
  );
};
