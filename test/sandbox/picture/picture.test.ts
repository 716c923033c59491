import { describe, expect, test } from '@jest/globals';
import { blockTrees } from '../../../sandbox/picture/blocks.ts';
import { page, readSizes } from '../../../sandbox/picture/page.ts';
import type { Shown } from '../../../sandbox/picture/shown.ts';
import { slackDate } from '../../../sandbox/picture/slack-date.ts';
import { homeTree, messageTree, modalTree } from '../../../sandbox/picture/surfaces.ts';
import { toHtml } from '../../../sandbox/picture/to-html.ts';
import { h } from '../../../sandbox/picture/tree.ts';
import { NO_NAMES } from '../../../sandbox/slack/flatten-text.ts';
import { carryValues } from '../../../sandbox/slack/input-values.ts';
import type { Json } from '../../../sandbox/slack/json.ts';
import { actions, button, header, line, note, quote, row } from '../../../src/slack/blocks.ts';

const noon = Date.UTC(2026, 10, 23, 12);
const shown: Shown = { names: NO_NAMES, timeZone: 'America/Phoenix', now: noon };
const hostile = '<script>alert(1)</script> & "x" \' <!channel>';

const draw = (blocks: readonly unknown[], more: Partial<Shown> = {}): string =>
  blockTrees(blocks as readonly Json[], { ...shown, ...more })
    .map(toHtml)
    .join('\n');

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const choice = (text: string) => ({ text: plain(text), value: text });
const input = (element: Json, more: Json = {}) => ({
  type: 'input',
  block_id: 'field',
  label: plain('Field'),
  element: { action_id: 'field', ...element },
  ...more,
});

describe('HTML of a picture', () => {
  test('escapes texts and attributes', () => {
    expect(toHtml(h('a', { href: '"><script>', title: "'&" }, '<b>&"\''))).toBe(
      '<a href="&quot;&gt;&lt;script&gt;" title="&#39;&amp;">&lt;b&gt;&amp;&quot;&#39;</a>',
    );
  });

  test('keeps the first line break of what is typed, closes nothing that has no end, leaves out what is not there', () => {
    expect(toHtml(h('textarea', { rows: undefined, disabled: true }, '\nx'))).toBe(
      '<textarea disabled>\n\nx</textarea>',
    );
    expect(toHtml(h('input', { checked: false, value: '' }))).toBe('<input value="">');
  });

  test('has no scripts and no handlers, whoever asks', () => {
    expect(() => toHtml(h('script', {}))).toThrow();
    expect(() => toHtml(h('b', { onclick: 'x' }))).toThrow();
    expect(() => toHtml(h('b><i', {}))).toThrow();
    expect(() => toHtml(h('b', { 'a b': 'x' }))).toThrow();
  });
});

describe('a drawn block', () => {
  test('shows customers’ texts letter by letter, and follows no address that is none', () => {
    const html = draw([
      line(
        hostile,
        { link: 'https://syncro.example/1', text: hostile },
        { link: 'javascript:alert(1)', text: 'click' },
      ),
      quote(hostile),
      row('↩', { link: 'https://syncro.example/1', text: '#1' }, [hostile], []),
      note(hostile),
      header(hostile),
      actions('a', [button(hostile, 'x', { url: 'javascript:alert(1)' })]),
    ]);
    expect(html).not.toMatch(/<script|javascript:/);
    expect(html.match(/&lt;script&gt;alert\(1\)&lt;\/script&gt;/g)).toHaveLength(7);
    expect(html).toContain('<a href="https://syncro.example/1" class="link">');
    expect(html).not.toContain('class="unknown"');
  });

  test('that nobody knows is a red box, and so is an element or a piece of text', () => {
    const html = draw([
      { type: 'video' },
      {},
      actions('a', [{ type: 'timepicker', action_id: 't' }]),
      { type: 'context', elements: [{ type: 'image', image_url: 'https://x.example/x.png', alt_text: 'x' }] },
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_section', elements: [{ type: 'broadcast', range: 'here' }] }],
      },
    ]);
    expect(html.match(/class="unknown"/g)).toHaveLength(5);
    expect(html).toContain('can&#39;t draw &quot;video&quot;');
  });

  test('holds what was typed and chosen, and the error under it', () => {
    const blocks = [
      input(
        { type: 'plain_text_input', multiline: true, initial_value: 'a\nb' },
        { hint: plain('A hint'), optional: true },
      ),
      input(
        { type: 'static_select', options: [choice('one'), choice('two')], initial_option: choice('two') },
        { block_id: 's' },
      ),
      input(
        { type: 'radio_buttons', options: [choice('on'), choice('off')], initial_option: choice('on') },
        { block_id: 'r' },
      ),
      input({ type: 'datepicker', initial_date: '2026-12-01' }, { block_id: 'd' }),
      input({ type: 'datetimepicker', initial_date_time: noon / 1000 }, { block_id: 't' }),
      input({ type: 'external_select', initial_option: choice('Acme'), placeholder: plain('Who') }, { block_id: 'e' }),
    ] as readonly Json[];
    const html = draw(blocks, { values: carryValues(blocks, new Map()), errors: new Map([['field', 'Too <short>']]) });
    expect(html).toMatch(/<textarea class="text wrong" data-block="field" data-action="field"[^>]*>\na\nb<\/textarea>/);
    expect(draw([input({ type: 'plain_text_input', multiline: true })])).toContain('rows="3"');
    const long = [input({ type: 'plain_text_input', multiline: true, initial_value: `${'x'.repeat(200)}\n\nx` })];
    expect(draw(long, { values: carryValues(long as readonly Json[], new Map()) })).toContain('rows="6"');
    expect(html).toContain('<div class="error">Too &lt;short&gt;</div><div class="hint">A hint</div>');
    expect(html).toContain('(optional)');
    expect(html).toContain('<option value="two" selected>two</option>');
    expect(html).toMatch(/value="on" checked>/);
    expect(html).not.toMatch(/value="off" checked>/);
    expect(html).toContain('type="date" value="2026-12-01"');
    expect(html).toContain('type="datetime-local" value="2026-11-23T05:00"');
    expect(html).toContain('<option value="Acme" selected>Acme</option>');
    expect(html).not.toContain('class="unknown"');
  });

  test('shows lists, styles, sections with a button, menus and dates in the reader’s zone', () => {
    const html = draw([
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_list',
            style: 'ordered',
            elements: [
              { type: 'rich_text_section', elements: [{ type: 'text', text: 'x', style: { bold: true, code: true } }] },
            ],
          },
        ],
      },
      {
        type: 'section',
        text: plain('words'),
        fields: [plain('f')],
        accessory: button('Stop', 'stop', { value: '1' }),
      },
      line('at ', { date: noon }),
      { type: 'divider' },
      actions('m', [
        { type: 'overflow', action_id: 'o', options: [choice('more')] },
        button('No', 'no', { style: 'danger' }),
        { type: 'static_select', action_id: 's', placeholder: plain('Status'), options: [choice('New')] },
      ]),
    ]);
    expect(html).toContain('<ol><li class="rich"><b><code>x</code></b></li></ol>');
    expect(html).toMatch(/words<\/div><div class="fields">.*data-action="stop" type="button" data-value="1">Stop</);
    expect(html).toContain('at Today 5:00 AM');
    expect(html).toContain('class="button danger"');
    expect(html).toMatch(/<option value="" selected>Status<\/option><option value="New">New<\/option>/);
    expect(html).not.toContain('class="unknown"');
  });
});

test('a moment reads as Slack writes it', () => {
  const read = (format: string, days = 0) => slackDate(noon - days * 86_400_000, format, shown);
  expect(read('{date_short_pretty} {time}')).toBe('Today 5:00 AM');
  expect(read('{date_short_pretty}', 1)).toBe('Yesterday');
  expect(read('{date_short_pretty}', -1)).toBe('Tomorrow');
  expect(read('{date_short_pretty}', 3)).toBe('Nov 20, 2026');
  expect(read('{date} {time_secs}')).toBe('November 23, 2026 5:00:00 AM');
  expect(read('{nonsense}')).toBe('{nonsense}');
});

test('an alert has the colour of its level, and no level that Slack has not', () => {
  const drawn = (level?: string): string => draw([{ type: 'alert', text: plain('Already billed'), level }]);
  expect(drawn('error')).toMatch(/alert error".*!.*Already billed/);
  expect(drawn('warning')).toContain('alert warning"');
  expect(drawn()).toContain('alert default"');
  expect(drawn('error unknown')).toContain('alert default"');
});

test('a message, a form and a Home have what is around them in Slack', () => {
  const message = { text: '*Only* &lt;text&gt;', blocks: [], at: noon };
  expect(toHtml(messageTree({ ...message, ephemeral: true }, shown))).toContain('Only visible to you');
  const everybodys = toHtml(messageTree({ ...message, ephemeral: false }, shown));
  expect(everybodys).toContain('Only &lt;text&gt;');
  expect(everybodys).not.toContain('Only visible to you');
  const view = { title: plain('Bill'), submit: plain('Preview'), blocks: [header('x')] };
  expect(toHtml(modalTree(view, shown))).toMatch(/Bill.*Cancel.*Preview/);
  expect(toHtml(modalTree({ ...view, submit: undefined, close: plain('Done') }, shown))).toMatch(
    /^(?!.*primary).*Done/,
  );
  expect(toHtml(homeTree(view, shown))).toMatch(/Home.*Messages.*About/);
});

test('a page’s pictures tell their sizes in their order', () => {
  const light = page([h('div', { class: 'picture' }, hostile)], { isDark: false, isPhone: false });
  expect(light).not.toContain(hostile);
  expect(page([], { isDark: true, isPhone: true })).toMatch(/color-scheme: dark;[\s\S]*width: 390px/);
  expect(light).not.toMatch(/width: 390px/);
  const dom =
    '<div class="picture home-size" data-name="a" data-size="880x12"><div class="picture modal-size" data-size="5x6">';
  expect(readSizes(dom)).toEqual([
    { width: 880, height: 12 },
    { width: 5, height: 6 },
  ]);
});
