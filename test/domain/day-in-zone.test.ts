import { describe, expect, test } from '@jest/globals';
import { dayInZone } from '../../src/domain/day-in-zone.ts';
import { fc } from '../property.ts';

const MIDNIGHT_IN_PHOENIX = Date.parse('2026-12-01T00:00:00-07:00');

describe('the day of a moment', () => {
  test('is the one in the account’s zone, at both ends of it', () => {
    expect(dayInZone(MIDNIGHT_IN_PHOENIX, 'America/Phoenix')).toBe('2026-12-01');
    expect(dayInZone(MIDNIGHT_IN_PHOENIX - 1, 'America/Phoenix')).toBe('2026-11-30');
    expect(dayInZone(Date.parse('2026-11-30T23:30:00Z'), 'Europe/Berlin')).toBe('2026-12-01');
    expect(dayInZone(MIDNIGHT_IN_PHOENIX, 'Arizona')).toBe('2026-12-01');
    expect(dayInZone(MIDNIGHT_IN_PHOENIX - 1, 'Arizona')).toBe('2026-11-30');
  });

  test.each([null, 'Atlantis Time', ''])('with zone %s, the beginning of a day is that day', (zone) => {
    fc.assert(
      fc.property(fc.integer({ min: -11, max: 11 }), (hours) => {
        expect(dayInZone(Date.UTC(2026, 11, 1) - hours * 3_600_000, zone)).toBe('2026-12-01');
      }),
    );
  });
});
