import { h, type Tree } from '../../picture/tree.ts';
import { breakIt, orderedSwitches } from './break-tree.ts';
import { received, ui } from './state.ts';
import { nextTrial, TRIALS, type Trial } from './try-this.ts';

const trialButton = ({ name, title }: Trial): Tree =>
  h(
    'button',
    { type: 'button', class: 'trial', 'data-do': 'try', 'data-trial': name },
    ui.tried.has(name) ? `${title} ✓` : title,
  );

const tryThis = (): Tree =>
  h(
    'ol',
    { class: 'trials' },
    ...TRIALS.map((trial) => h('li', { 'data-key': trial.name }, trialButton(trial), h('span', {}, trial.about))),
  );

/** What was ordered and is still to come, and what to try next once nothing else leads. */
const nextUp = (): Tree | null => {
  const next = ui.path === 'hidden' ? nextTrial() : undefined;
  const ordered = orderedSwitches();
  if (!next && !ordered) return null;
  return h(
    'div',
    { class: 'next' },
    next ? h('p', {}, h('span', { class: 'fine' }, 'Next: '), trialButton(next)) : null,
    ordered,
  );
};

const tab = (guide: 'try' | 'break', label: string, here: string | null): Tree =>
  h(
    'button',
    {
      type: 'button',
      class: guide === here ? 'tab here' : 'tab',
      'aria-expanded': guide === here ? 'true' : 'false',
      'data-do': 'guide',
      'data-guide': guide,
    },
    label,
  );

/** What there is to try and the ways to break it; folded once somebody has begun. */
export const guide = (): Tree => {
  const here = ui.guide ?? (ui.pane === 'try' ? 'try' : null);
  return h(
    'section',
    { class: 'card guide', 'aria-label': 'Try this' },
    h(
      'div',
      { class: 'tabs' },
      tab('try', 'Try this', here),
      received.switches ? tab('break', 'Break it', here) : null,
    ),
    here === 'try' ? tryThis() : here === 'break' ? breakIt() : nextUp(),
  );
};
