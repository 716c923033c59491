import { expect, test } from '@jest/globals';
import { newCustomerOf, withSeen } from '../../../../src/features/create/slack/create-draft.ts';

test('a form holds a new customer only while its menu says so', () => {
  const draft = { customer: 'new', newName: 'Zebra', newPhone: '', newEmail: 'z@zebra.example' };
  expect(newCustomerOf(draft)).toEqual({ name: 'Zebra', phone: null, email: 'z@zebra.example' });
  expect(newCustomerOf({ ...draft, customer: '9001' })).toBeNull();
  expect(newCustomerOf({ ...draft, newName: '' })).toBeNull();
});

test('who was shown once is remembered beside those shown before', () => {
  expect(withSeen({ newSeen: withSeen({}, [1, 2]) }, [3])).toBe('1,2,3');
});
