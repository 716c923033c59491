import { expect, test } from '@jest/globals';
import { createOffers } from '../../../sandbox/page/values.ts';
import type { Placed } from '../../../sandbox/slack/elements.ts';
import type { Place } from '../../../sandbox/slack/payloads.ts';
import type { User } from '../../../sandbox/slack/workspace.ts';

const at = (timeZone: string, given: string): unknown => {
  const placed = { element: { type: 'datetimepicker' }, blockId: 'ended', actionId: 'ended' } as unknown as Placed;
  return createOffers().valueOf({ id: 'U1', tz: timeZone } as User, {} as Place, placed, given);
};

test('a time on the page is the clock’s on that person’s wall, also when the clocks change', () => {
  const seconds = (iso: string) => Date.parse(iso) / 1000;
  expect(at('America/Phoenix', '2026-12-01T17:30')).toBe(seconds('2026-12-02T00:30Z'));
  expect(at('America/New_York', '2026-03-08T01:30')).toBe(seconds('2026-03-08T06:30Z'));
  expect(at('America/New_York', '2026-03-08T03:30')).toBe(seconds('2026-03-08T07:30Z'));
  expect(at('Europe/London', '2026-07-01T00:00')).toBe(seconds('2026-06-30T23:00Z'));
  expect(at('America/Phoenix', '')).toBeNull();
  expect(at('America/Phoenix', 'tomorrow')).toBeNull();
});
