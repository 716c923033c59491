import { describe, expect, test } from '@jest/globals';
import { AppError } from '../../src/shared/errors.ts';
import { createLog, createLogOutput, droppedLines } from '../../src/shared/log.ts';

const SECRET = 'T0ken+with/odd=characters';

const logged = (write: (log: ReturnType<typeof createLog>) => void): string => {
  const lines: string[] = [];
  write(createLog('trace', [SECRET], { write: (line: string) => void lines.push(line) }));
  return lines.join('');
};

describe('the log', () => {
  test('shows a known secret in no form', () => {
    const text = logged((log) => {
      log.info({ url: `https://x/?api_key=${encodeURIComponent(SECRET)}`, header: SECRET }, `with ${SECRET}`);
      log.error({ err: new Error(`failed with ${SECRET}`) }, Buffer.from(SECRET).toString('base64'));
    });
    for (const form of [SECRET, encodeURIComponent(SECRET), Buffer.from(SECRET).toString('base64')])
      expect(text).not.toContain(form);
    expect(text).toContain('[secret]');
  });

  test('blanks out what looks like a key or token, also when it is not known', () => {
    const text = logged((log) =>
      log.info({}, 'GET /tickets?api_key=unknown1&page=2 Authorization: Bearer unknown2 xoxb-unknown3 xapp-1-unknown4'),
    );
    expect(text).not.toContain('unknown');
    expect(text).toContain('page=2');
  });

  test('writes of an error what helps and nothing that it carries', () => {
    const error = Object.assign(new Error('boom'), { request: { headers: 'hidden-header' } });
    const text = logged((log) => log.error({ err: error }, 'failed'));
    expect(text).toContain('boom');
    expect(text).not.toContain('hidden-header');
  });

  test('writes the code of an expected failure', () => {
    expect(logged((log) => log.warn({ err: new AppError('unreachable', 'away') }, 'x'))).toContain(
      '"code":"unreachable"',
    );
  });

  test('is JSON, one object a line', () => {
    const line = logged((log) => log.info({ ref: 'K7Q2M' }, 'hello'));
    expect(JSON.parse(line)).toMatchObject({ level: 30, severity: 'info', ref: 'K7Q2M', msg: 'hello' });
  });
});

/** Takes `room` bytes, then nothing. */
const aDisk = () => {
  const disk = { text: '', room: Number.POSITIVE_INFINITY };
  const write = (bytes: Uint8Array): number => {
    if (disk.room <= 0) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    const count = Math.min(disk.room, bytes.length);
    disk.text += Buffer.from(bytes.subarray(0, count)).toString();
    disk.room -= count;
    return count;
  };
  return { disk, output: createLogOutput(write) };
};

test('a full disk drops lines and counts them; they are told of once there is room', () => {
  const { disk, output } = aDisk();
  const before = droppedLines();
  const log = createLog('info', [], output);
  log.info({}, 'first');
  disk.room = 0;
  for (let i = 0; i < 3; i++) log.info({}, 'lost');
  expect(droppedLines() - before).toBe(3);
  disk.room = Number.POSITIVE_INFINITY;
  log.info({}, 'last');
  const lines = disk.text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ severity, msg, dropped }) => [severity, msg, dropped])).toEqual([
    ['info', 'first', undefined],
    ['warn', 'lines of the log were dropped', 3],
    ['info', 'last', undefined],
  ]);
  expect(droppedLines() - before).toBe(3);
});

test('a line that found room for a part does not spoil the next one', () => {
  const { disk, output } = aDisk();
  disk.room = 4;
  output.write('{"a":1}\n');
  disk.room = Number.POSITIVE_INFINITY;
  output.write('{"b":2}\n');
  expect(disk.text.split('\n').slice(-2)[0]).toBe('{"b":2}');
});
