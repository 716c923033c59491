import { describe, expect, test } from '@jest/globals';
import { isSimilarSubject } from '../../../src/features/create/similar-subject.ts';
import { fc } from '../../property.ts';

describe('similar subjects', () => {
  test.each([
    ['Printer offline', 'printer OFFLINE again!'],
    ['Printer offline', 'The printer is offline'],
    ['Printers', 'Printer offline'],
    ['Printer offline since Monday', 'Printers'],
    ['Remote - Jim cant access his email', "Jim can't access email"],
    ['Slow computer', 'Computer very slow since Monday'],
    ['VPN drops every hour', 'VPN drops'],
    ['Drucker druckt nicht (Büro)', 'drucker druckt im buro nicht'],
    ['الطابعة لا تعمل', 'الطابعة لا تعمل منذ الصباح'],
    ['👩‍💻 laptop 🔥 fan', 'Laptop fan'],
    ['Again?', 'again'],
  ])('%s / %s', (one, other) => {
    expect(isSimilarSubject(one, other)).toBe(true);
  });

  test.each([
    ['Printer offline', 'Printer jams'],
    ['New laptop for reception', 'New phone for the boss'],
    ['Email signatures for the new office', 'Office move, the whole story'],
    ['Help', 'Please help with my issue'],
    ['VPN drops every hour', 'Mailbox migration'],
    ['', ''],
    ['!!!', '???'],
  ])('not %s / %s', (one, other) => {
    expect(isSimilarSubject(one, other)).toBe(false);
  });

  test('similarity goes both ways, and every subject that says something is similar to itself', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        expect(isSimilarSubject(one, other)).toBe(isSimilarSubject(other, one));
        if (/[a-z0-9]/i.test(one)) expect(isSimilarSubject(one, one.toUpperCase())).toBe(true);
      }),
    );
  });
});
