import { deflateSync, inflateSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { smallerPng } from '../../../sandbox/picture/smaller-png.ts';

const chunk = (name: string, data: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(name, 'latin1'), data, Buffer.alloc(4)]);
};

/** Rows with their filter byte, three bytes a pixel. */
const png = (width: number, rows: readonly (readonly number[])[], colourType = 2): Buffer => {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(rows.length, 4);
  head.set([8, colourType], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()), { level: 0 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

const partOf = (file: Buffer, name: string): Buffer => {
  const at = file.indexOf(name, 0, 'latin1');
  return file.subarray(at + 4, at + 4 + file.readUInt32BE(at - 4));
};

/** The colours of a picture with a palette, row after row. */
const pixels = (file: Buffer, width: number): readonly number[] => {
  const palette = partOf(file, 'PLTE');
  return [...inflateSync(partOf(file, 'IDAT'))]
    .filter((_, i) => i % (width + 1) !== 0)
    .flatMap((place) => [...palette.subarray(place * 3, place * 3 + 3)]);
};

test('keeps every colour, whatever filter the rows had', () => {
  const wide = 200;
  const black = Array.from({ length: wide * 3 }, () => 0);
  const rows = [
    [0, 255, 255, 255, ...black.slice(3)],
    [1, 10, 20, 30, ...black.slice(3)],
    [2, 1, 1, 1, ...black.slice(3)],
    [3, 2, 2, 2, ...black.slice(3)],
    [4, 3, 3, 3, ...black.slice(3)],
  ];
  const smaller = smallerPng(png(wide, rows));
  expect(partOf(smaller, 'IHDR')[9]).toBe(3);
  const read = pixels(smaller, wide);
  const at = (row: number, column: number) => read.slice((row * wide + column) * 3, (row * wide + column) * 3 + 3);
  expect([at(0, 0), at(0, 1)]).toEqual([
    [255, 255, 255],
    [0, 0, 0],
  ]);
  // Sub: each adds to its left neighbour.
  expect([at(1, 0), at(1, 199)]).toEqual([
    [10, 20, 30],
    [10, 20, 30],
  ]);
  // Up: each adds to the one above.
  expect([at(2, 0), at(2, 1)]).toEqual([
    [11, 21, 31],
    [10, 20, 30],
  ]);
  // Average of left and above, rounded down.
  expect([at(3, 0), at(3, 1)]).toEqual([
    [7, 12, 17],
    [8, 16, 23],
  ]);
  // Paeth: the nearest of left, above and corner.
  expect(at(4, 0)).toEqual([10, 15, 20]);
});

test('makes colours coarser until a palette takes them, and keeps black and white', () => {
  const row = [
    0,
    0,
    0,
    0,
    255,
    255,
    255,
    ...Array.from({ length: 398 }, (_, i) => [i & 0xff, (i * 7) & 0xff, 3]).flat(),
  ];
  const smaller = smallerPng(png(400, [row, row, row]));
  expect(partOf(smaller, 'PLTE').length).toBeLessThanOrEqual(768);
  expect(pixels(smaller, 400).slice(0, 6)).toEqual([0, 0, 0, 255, 255, 255]);
});

test('leaves other kinds of pictures alone', () => {
  const grey = png(1, [[0, 5]], 0);
  expect(smallerPng(grey)).toBe(grey);
});
