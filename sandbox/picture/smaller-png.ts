import { crc32, deflateSync, inflateSync } from 'node:zlib';

/**
 * A screenshot of text has few colours: with a palette it takes a quarter of the bytes, and a repository keeps every
 * picture for ever. Node's zlib does the hard part, so this needs no package.
 */

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const MOST_COLOURS = 256;
const RGB = 2;
const PALETTE = 3;

type Chunk = { readonly name: string; readonly data: Buffer };

const readChunks = (png: Buffer): readonly Chunk[] => {
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    chunks.push({ name: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return chunks;
};

const writeChunk = ({ name, data }: Chunk): Buffer => {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
};

const nearest = (left: number, up: number, corner: number): number => {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
};

/** Undoes the filters of a row format with three bytes a pixel. */
const unfilter = (raw: Buffer, width: number, height: number): Buffer => {
  const stride = width * 3;
  const pixels = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x;
      const left = x >= 3 ? (pixels[at - 3] ?? 0) : 0;
      const up = y > 0 ? (pixels[at - stride] ?? 0) : 0;
      const corner = x >= 3 && y > 0 ? (pixels[at - stride - 3] ?? 0) : 0;
      const guess = [0, left, up, (left + up) >> 1, nearest(left, up, corner)][filter] ?? 0;
      pixels[at] = ((raw[y * (stride + 1) + 1 + x] ?? 0) + guess) & 0xff;
    }
  }
  return pixels;
};

/** Each pixel's place in a palette; colours become coarser until they fit. */
const index = (pixels: Buffer, bits = 8): { palette: Buffer; places: Uint8Array } => {
  const most = 2 ** bits - 1;
  const coarse = Uint8Array.from({ length: 256 }, (_, value) =>
    Math.round((Math.round((value / 255) * most) / most) * 255),
  );
  const known = new Map<number, number>();
  const places = new Uint8Array(pixels.length / 3);
  for (let i = 0; i < places.length; i++) {
    const [r = 0, g = 0, b = 0] = [0, 1, 2].map((part) => coarse[pixels[i * 3 + part] ?? 0]);
    const colour = (r << 16) | (g << 8) | b;
    const place = known.get(colour) ?? known.size;
    if (place === known.size && place === MOST_COLOURS) return index(pixels, bits - 1);
    known.set(colour, place);
    places[i] = place;
  }
  const palette = Buffer.from(
    [...known.keys()].flatMap((colour) => [colour >> 16, (colour >> 8) & 0xff, colour & 0xff]),
  );
  return { palette, places };
};

/** The same picture with a palette; anything but an RGB picture comes back as it is. */
export const smallerPng = (png: Buffer): Buffer => {
  const chunks = readChunks(png);
  const head = chunks.find(({ name }) => name === 'IHDR')?.data;
  if (head?.[8] !== 8 || head[9] !== RGB) return png;
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  const raw = inflateSync(Buffer.concat(chunks.filter(({ name }) => name === 'IDAT').map(({ data }) => data)));
  const { palette, places } = index(unfilter(raw, width, height));
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) rows.set(places.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const newHead = Buffer.from(head);
  newHead[9] = PALETTE;
  const smaller = Buffer.concat([
    SIGNATURE,
    ...[
      { name: 'IHDR', data: newHead },
      { name: 'PLTE', data: palette },
      { name: 'IDAT', data: deflateSync(rows, { level: 9 }) },
      { name: 'IEND', data: Buffer.alloc(0) },
    ].map(writeChunk),
  ]);
  return smaller.length < png.length ? smaller : png;
};
