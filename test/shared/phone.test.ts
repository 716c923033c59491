import { expect, test } from '@jest/globals';
import { phoneText } from '../../src/shared/phone.ts';

test.each([
  ['5205550100', '520-555-0100'],
  ['15205550100', '520-555-0100'],
  ['+15205550100', '520-555-0100'],
  [' 5205550100 ', '520-555-0100'],
])('%j is a US number', (phone, text) => {
  expect(phoneText(phone)).toBe(text);
});

test.each(['520-555-0100', '(520) 555-0100', '5550100', '441632960000', '5205550100 x12', 'none', ''])(
  '%j stays as it is',
  (phone) => {
    expect(phoneText(phone)).toBe(phone);
  },
);
