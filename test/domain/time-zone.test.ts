import { describe, expect, test } from '@jest/globals';
import { knownZone, timeZoneOf } from '../../src/domain/time-zone.ts';

describe('a time zone', () => {
  test.each([
    ['America/Phoenix', 'America/Phoenix'],
    ['Arizona', 'America/Phoenix'],
    ['Eastern Time (US & Canada)', 'America/New_York'],
    ['UTC', 'UTC'],
    ['Atlantis', null],
    ['', null],
  ])('called %j is %j', (name, zone) => {
    expect(timeZoneOf(name)).toBe(zone);
  });

  test.each([
    ['America/Phoenix', 'America/Phoenix'],
    ['Arizona', 'America/Phoenix'],
    [null, 'UTC'],
    ['', 'UTC'],
    ['<!channel>', 'UTC'],
  ])('called %j is told in %s', (name, known) => {
    expect(knownZone(name)).toBe(known);
  });
});
