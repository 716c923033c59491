import { expect, test } from '@jest/globals';
import { animatedWebp } from '../../../sandbox/picture/animated-webp.ts';

/** One pixel, as a browser encodes it; an odd number of bytes comes with one more that fills up. */
const PIXEL = Buffer.from('UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAwA0JaQAA3AA/vuUAAA=', 'base64');
const withColors = (chunk: Buffer): Buffer => Buffer.concat([PIXEL.subarray(0, 12), chunk, PIXEL.subarray(12)]);
/** A profile of colors in front, which no frame may hold. */
const PROFILED = withColors(Buffer.from('ICCP\x03\x00\x00\x00abc\x00', 'latin1'));

type Chunk = { readonly name: string; readonly data: Buffer };
const chunksOf = (bytes: Buffer): readonly Chunk[] => {
  if (bytes.length === 0) return [];
  const size = bytes.readUInt32LE(4);
  const rest = bytes.subarray(8 + size + (size % 2));
  return [{ name: bytes.toString('latin1', 0, 4), data: bytes.subarray(8, 8 + size) }, ...chunksOf(rest)];
};

test('puts pictures of a browser one after the other, each as long as it is to be seen', () => {
  const frames = [PIXEL, PROFILED].map((webp, index) => ({ webp, ms: 70_000 + index }));
  const [riff, ...beyond] = chunksOf(animatedWebp(frames, 1280, 800));
  expect(beyond).toEqual([]);
  expect(riff?.data.toString('latin1', 0, 4)).toBe('WEBP');
  const [head, motion, ...shown] = chunksOf(riff?.data.subarray(4) ?? Buffer.alloc(0));
  expect(head).toEqual({ name: 'VP8X', data: Buffer.from('02000000ff04001f0300', 'hex') });
  expect(motion).toEqual({ name: 'ANIM', data: Buffer.alloc(6) });
  expect(shown.map(({ name }) => name)).toEqual(['ANMF', 'ANMF']);
  for (const [index, { data }] of shown.entries()) {
    expect(data.readUIntLE(12, 3)).toBe(70_000 + index);
    expect(data.subarray(0, 12)).toEqual(Buffer.from('000000000000ff04001f0300', 'hex'));
    expect(chunksOf(data.subarray(16))).toEqual(chunksOf(PIXEL.subarray(12)));
  }
});
