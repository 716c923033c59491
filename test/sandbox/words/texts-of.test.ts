import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { textsOf } from '../../../sandbox/words/texts-of.ts';

test('what people may read is listed once, with what is filled in; code, logs and bugs are not', () => {
  const source = `
    import { x } from './words for nobody.ts';
    type Kind = 'a kind of type';
    const view = (number: number) => modal({ title: \`Bill #\${number}\`, submit: 'Preview', hint: 'Time worked.' });
    const again = { hint: 'Time worked.' } as Kind;
    const said = { words: 'Nothing was sent.' } satisfies Words;
    deps.log.info({}, 'a line of the log');
    if (kind === 'a kind of thing') throw new Error('a bug of ours');
    throw new AppError('stale', 'This form is too old. Open it again.');
    switch (kind) { case 'two words': run(sql\`select one from two\`); }
    button('Bill', 'bill:open', { value: 'bill-preview', url: 'https://example.test/a' });
  `;
  expect(textsOf(source)).toEqual([
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the code of what is filled in
    'Bill #${number}',
    'Preview',
    'Time worked.',
    'Nothing was sent.',
    'This form is too old. Open it again.',
    'Bill',
  ]);
});

/** What was tried on people and found to be no English of theirs. */
const NOT_SAID = [
  /e-mail/i,
  /what was worked/i,
  /not a length of time/i,
  /which is right/i,
  /also takes/i,
  /^\W*then the status/i,
  /written to syncro as/i,
  /an equal (line|comment)/i,
  /nothing is changed/i,
  /none was started/i,
  /read along/i,
  /takes no more requests/i,
  /what is true now/i,
  /no syncro key of your own/i,
  /had what done/i,
  /from the index/i,
  /reads? otherwise/i,
  /waits for an invoice/i,
  /\bdoubles\b/i,
  /^(it is there|it is not, send again|stop here|correct and go on|look further|ask syncro|also closed)$/i,
];

describe('no text that people see', () => {
  const texts = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => textsOf(readFileSync(`src/${file}`, 'utf8')));
  test.each(NOT_SAID)('reads %s', (words) => {
    expect(texts.length).toBeGreaterThan(800);
    expect(texts.filter((text) => words.test(text))).toEqual([]);
  });
});
