/** A picture in WebP and how long it is shown. */
export type Frame = { readonly webp: Buffer; readonly ms: number };

const CHUNK_HEAD = 8;
const RIFF_HEAD = 12;
/** What a frame of an animation may hold of a picture: its alpha, and itself with or without loss. */
const IN_FRAME = ['ALPH', 'VP8 ', 'VP8L'];
const IS_ANIMATION = 0x02;
const NO_BLENDING = 0x02;

const uint24 = (value: number): Buffer => Buffer.from([value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff]);

const chunk = (name: string, ...parts: readonly Buffer[]): Buffer => {
  const payload = Buffer.concat(parts);
  const head = Buffer.alloc(CHUNK_HEAD);
  head.write(name, 'ascii');
  head.writeUInt32LE(payload.length, 4);
  return Buffer.concat([head, payload, Buffer.alloc(payload.length % 2)]);
};

/** The chunks of a picture that a frame takes, as they are. */
const pictureChunks = (webp: Buffer): readonly Buffer[] => {
  const found: Buffer[] = [];
  for (let at = RIFF_HEAD; at + CHUNK_HEAD <= webp.length; ) {
    const size = webp.readUInt32LE(at + 4);
    const end = at + CHUNK_HEAD + size + (size % 2);
    if (IN_FRAME.includes(webp.toString('ascii', at, at + 4))) found.push(webp.subarray(at, end));
    at = end;
  }
  return found;
};

/**
 * One picture after the other, round and round; all are as large as the first. Only puts together what a browser
 * encoded, so it needs no encoder.
 *
 * @see https://developers.google.com/speed/webp/docs/riff_container
 */
export const animatedWebp = (frames: readonly Frame[], width: number, height: number): Buffer => {
  const size = Buffer.concat([uint24(width - 1), uint24(height - 1)]);
  const body = [
    chunk('VP8X', Buffer.from([IS_ANIMATION, 0, 0, 0]), size),
    // A background that nobody sees, and no end.
    chunk('ANIM', Buffer.alloc(6)),
    ...frames.map(({ webp, ms }) =>
      chunk('ANMF', uint24(0), uint24(0), size, uint24(ms), Buffer.from([NO_BLENDING]), ...pictureChunks(webp)),
    ),
  ];
  return chunk('RIFF', Buffer.from('WEBP'), ...body);
};
