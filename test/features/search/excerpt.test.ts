import { expect, test } from '@jest/globals';
import { askedIn, excerptOf } from '../../../src/features/search/excerpt.ts';
import { askedWords } from '../../../src/features/search/search-words.ts';
import { fc } from '../../property.ts';

const LONG = `${'Called the customer. '.repeat(20)}Then I reset the “Ünïfi” controller\n\nand waited. ${'All is well. '.repeat(20)}`;

test('an excerpt is what stands around the first word that was asked for, on one line', () => {
  const text = excerptOf(LONG, askedWords('unifi'), 80) ?? '';
  expect(text).toMatch(/^… .*Then I reset the “Ünïfi” controller and waited\. .* …$/);
  expect(text.length).toBeLessThan(95);
  expect(excerptOf('Reset the controller', askedWords('reset'), 80)).toBe('Reset the controller');
  expect(excerptOf(LONG, askedWords('printer'), 80)).toBeNull();
});

test('it has no half characters and the word itself, whatever the text is', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
      fc.nat(120),
      (before, after, length) => {
        const text = excerptOf(`${before} printer ${after}`, askedWords('printer'), length);
        expect(text?.isWellFormed()).toBe(true);
        expect(text).not.toContain('\n');
      },
    ),
    { numRuns: 300 },
  );
});

test('of two texts the one with more of what was asked is the better answer', () => {
  expect(askedIn('the printer is jammed', askedWords('printer jam'))).toBe(2);
  expect(askedIn('the printer', askedWords('printer jam'))).toBe(1);
  expect(askedIn('mail', askedWords('printer jam'))).toBe(0);
});
