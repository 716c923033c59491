import { join, relative } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { sessionLogPlace, slug } from '../../../src/features/session-logs/session-log-path.ts';
import { fc } from '../../property.ts';
import { jerrysNumber } from '../../runs/rules/a-ticket.ts';

const place = (customerName: string, subject = 'Printer jams', customerId = 9001) =>
  sessionLogPlace({ number: jerrysNumber, subject, customerId, customerName }, '2026-11-24');

describe('a slug', () => {
  test.each([
    ['Own cloud thing again', 'own-cloud-thing-again'],
    ["Len's Auto Brokerage", 'lens-auto-brokerage'],
    ['Müller & Söhne  GmbH', 'muller-sohne-gmbh'],
    ['Mu\u0308ller', 'muller'],
    ['ООО Ромашка', 'ооо-ромашка'],
    ['株式会社 東京', '株式会社-東京'],
    ['한국전력', '한국전력'],
    ['हिन्दी', 'हिन्दी'],
    ['../../etc/passwd', 'etc-passwd'],
    ['C:\\Windows\\System32', 'c-windows-system32'],
    ['  ..  ', ''],
    ['🖨️🔥', ''],
    ['\u0000\u202e', ''],
    ['trailing dots and spaces. . .', 'trailing-dots-and-spaces'],
  ])('of %j is %j', (text, expected) => {
    expect(slug(text)).toBe(expected);
  });
});

describe('the place of a session log', () => {
  test('is named after customer, day, number and subject', () => {
    expect(place('Burger Barn')).toEqual({
      folders: ['burger-barn', 'burger-barn-9001', 'customer-9001'],
      file: '2026-11-24-32164-printer-jams.md',
    });
  });

  test.each(['CON', 'nul', 'Com1', 'LPT9', '../..', '🖨️', ''])('never is a device, dots or nothing: %j', (name) => {
    expect(place(name).folders[0]).toBe('customer-9001');
  });

  test('has a name without a subject', () => {
    expect(place('x', '!!!').file).toBe('2026-11-24-32164-ticket.md');
  });

  test.each(['x', '東', 'क्षि', '한', '😀a'])('is of bounded length for a name of %s only', (letter) => {
    const { folders, file } = place(letter.repeat(300), letter.repeat(300));
    for (const part of [...folders, file]) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(120);
    expect(file.isWellFormed()).toBe(true);
  });

  test('stays below the folder, within any system’s bounds, whatever anybody is called', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.string({ unit: 'grapheme', maxLength: 400 }),
      fc.stringMatching(/^[./\\:~ -]{0,30}(?:CON|etc|nul|Com1)?[./\\ ]{0,10}$/),
    );
    fc.assert(
      fc.property(anyText, anyText, fc.integer({ min: 1, max: 2 ** 31 }), (customer, subject, id) => {
        const { folders, file } = place(customer, subject, id);
        for (const folder of folders) {
          const below = relative('/srv/clients', join('/srv/clients', folder, 'session-logs', file));
          expect(below).toBe(join(folder, 'session-logs', file));
          for (const part of [folder, file]) {
            expect(Buffer.byteLength(part)).toBeLessThanOrEqual(120);
            expect(part).toMatch(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}-]*(?:\.md)?$/u);
            expect(part).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.md)?$/i);
          }
        }
        expect(new Set(folders).size).toBe(folders.length);
      }),
      { numRuns: 500 },
    );
  });
});
