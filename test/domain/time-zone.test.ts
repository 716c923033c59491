import { describe, expect, test } from '@jest/globals';
import { dayIn, knownZone, moment } from '../../src/domain/time-zone.ts';
import { noon } from './a-ticket.ts';

describe('a day', () => {
  test('is the one at that place', () => {
    expect(dayIn('America/Phoenix', Date.UTC(2026, 10, 24, 5))).toBe('2026-11-23');
    expect(dayIn('UTC', Date.UTC(2026, 10, 24, 5))).toBe('2026-11-24');
    expect(dayIn('Pacific/Kiritimati', noon)).toBe('2026-11-24');
    expect(moment(Date.UTC(2026, 10, 24), 'UTC')).toBe('2026-11-24 00:00');
  });

  test.each([
    ['America/Phoenix', 'America/Phoenix'],
    [null, 'UTC'],
    ['Arizona', 'UTC'],
    ['', 'UTC'],
    ['<!channel>', 'UTC'],
  ])('in zone %j is told in %s', (name, zone) => {
    expect(knownZone(name)).toBe(zone);
  });
});
