import { expect, test } from '@jest/globals';
import { createLog } from '../../src/shared/log.ts';
import { createLogOutput, droppedLines } from '../../src/shared/log-output.ts';

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
