import { describe, expect, test } from '@jest/globals';
import { judgeFlat, type Sample } from '../../../sandbox/soak/flat.ts';

const MIB = 2 ** 20;
const samples = (of: (i: number) => Partial<Sample>): readonly Sample[] =>
  Array.from({ length: 60 }, (_, i) => ({
    atMs: i * 1_000,
    rss: 200 * MIB,
    heapUsed: 40 * MIB,
    handles: 12,
    files: 40,
    ...of(i),
  }));
const notFlat = (of: (i: number) => Partial<Sample>): readonly string[] =>
  judgeFlat(samples(of)).flatMap(({ what, flat }) => (flat ? [] : [what]));

describe('what a process holds', () => {
  test('is flat when it swings, and when it grew only while warming up', () => {
    expect(notFlat((i) => ({ heapUsed: (40 + (i % 5)) * MIB, handles: 10 + (i % 7) }))).toEqual([]);
    expect(notFlat((i) => ({ heapUsed: (20 + Math.min(i, 20)) * MIB, files: Math.min(i, 20) }))).toEqual([]);
  });

  test('is not flat when a little is added all the time', () => {
    expect(notFlat((i) => ({ heapUsed: (40 + i / 6 + (i % 5)) * MIB }))).toEqual(['heapUsed']);
    expect(notFlat((i) => ({ handles: i, files: i }))).toEqual(['handles', 'files']);
    expect(notFlat((i) => ({ rss: (200 + i) * MIB }))).toEqual(['rss']);
  });
});
