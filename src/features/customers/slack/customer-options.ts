import { phoneText, plainWords } from '../../../shared/name-words.ts';
import { shorten } from '../../../shared/text.ts';
import { option } from '../../../slack/blocks.ts';
import type { CustomerSummary } from '../../../syncro/customer.ts';

const LENGTH = 75;

type Distinction = (customer: CustomerSummary) => string | null;

const both =
  (one: Distinction, other: Distinction): Distinction =>
  (customer) =>
    [one(customer), other(customer)].filter(Boolean).join(', ') || null;

const city: Distinction = (customer) => customer.city;
const phone: Distinction = (customer) => customer.phone && phoneText(customer.phone);
const email: Distinction = (customer) => customer.email;

/** What tells customers of one name apart, the shortest first; the id always does. */
const DISTINCTIONS: readonly Distinction[] = [
  city,
  phone,
  email,
  both(city, phone),
  both(phone, email),
  ({ id }) => `customer ${id}`,
];

const distinctionFor = (alike: readonly CustomerSummary[]): Distinction =>
  DISTINCTIONS.find((tell) => {
    const words = alike.map((one) => shorten(tell(one) ?? '', 40));
    return new Set(words).size === alike.length && !words.includes('');
  }) ?? (({ id }) => `customer ${id}`);

const nameOf = ({ id, name }: CustomerSummary): string => name.replace(/\s+/g, ' ').trim() || `Customer ${id}`;

/** What looks the same once it is cut. */
const looks = (customer: CustomerSummary): string => plainWords(nameOf(customer)).slice(0, 30) || nameOf(customer);

/** A name as far as it fits, and whole what tells it apart. */
const withDetail = (name: string, detail: string | null): string => {
  if (detail === null) return shorten(name, LENGTH);
  const end = ` · ${shorten(detail, 40)}`;
  return `${shorten(name, LENGTH - end.length)}${end}`;
};

/**
 * Each customer's words where there is room for one line: alike names are told apart.
 * @param alike others of these names
 */
export const customerLabels = (
  customers: readonly CustomerSummary[],
  alike: readonly CustomerSummary[] = [],
): ReadonlyMap<number, string> => {
  const groups = new Map<string, CustomerSummary[]>();
  const everybody = new Map([...customers, ...alike].map((customer) => [customer.id, customer]));
  for (const customer of everybody.values())
    groups.set(looks(customer), [...(groups.get(looks(customer)) ?? []), customer]);
  const labels = [...groups.values()].flatMap((group) => {
    const tell: Distinction = group.length > 1 ? distinctionFor(group) : () => null;
    return group.map((one) => [one.id, withDetail(nameOf(one), tell(one))] as const);
  });
  return new Map(labels);
};

/** The id as value; who it is, in the small line below. */
export const customerOptions = (customers: readonly CustomerSummary[], alike: readonly CustomerSummary[] = []) => {
  const labels = customerLabels(customers, alike);
  return customers.map((customer) => {
    const details = [customer.personName, phone(customer), customer.city, customer.email].filter(Boolean).join(' · ');
    return {
      ...option(labels.get(customer.id) ?? nameOf(customer), String(customer.id)),
      ...(details === ''
        ? {}
        : { description: { type: 'plain_text' as const, text: shorten(details, LENGTH), emoji: false } }),
    };
  });
};

/** The value of an option that is no customer but says why there is none: refused with words on the field. */
export const NOBODY = 'nobody';
