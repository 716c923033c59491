import { describe, expect, test } from '@jest/globals';
import type { Asked } from '../../src/slack/asked.ts';
import { allRows, command, type Rows, reads, understood, withUse } from '../../src/slack/feature.ts';
import type { Pressed } from '../../src/slack/pressed.ts';

const nothing = () => Promise.resolve();
const aFeature = (rows: Rows<null>) => ({ rows: withUse(null, rows) });

describe('the rows of a feature', () => {
  test('give each handler the use cases of that feature, whatever it came with', async () => {
    const seen: unknown[] = [];
    const see = ({ use }: { readonly use: { readonly own: boolean } }) => Promise.resolve(void seen.push(use));
    const words = { name: 'one', usage: 'one', does: 'one thing', example: 'one' };
    const rows = withUse(
      { own: true },
      {
        commands: [command({ ...words, parse: () => understood(null), run: see })],
        buttons: { 'one:press': reads(see) },
      },
    );
    const asked = { use: { own: false } };
    await rows.buttons['one:press']?.press(asked as unknown as Pressed);
    const parsed = rows.commands[0]?.parse([], '', []);
    if (parsed?.ok) await parsed.run(asked as unknown as Asked);
    expect(seen).toEqual([{ own: true }, { own: true }]);
  });

  test('stand beside those of the others', () => {
    const both = [
      aFeature({ buttons: { 'one:press': reads(nothing) } }),
      aFeature({ buttons: { 'two:press': reads(nothing) } }),
    ];
    expect(Object.keys(allRows(both).buttons)).toEqual(['one:press', 'two:press']);
  });

  test('are refused when another feature has the same id: one of the two would never be heard', () => {
    const twice = [aFeature({ buttons: { press: reads(nothing) } }), aFeature({ buttons: { press: reads(nothing) } })];
    expect(() => allRows(twice)).toThrow('two features have a row "press"');
  });
});
