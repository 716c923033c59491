import { z } from 'zod';
import { flag, hundredths, id, optional, optionalHundredths, optionalText, text } from './wire.ts';

/** `online_profile_url` carries a portal key: never declared here, so never passed on. */
export const customerRowWire = z.object({
  id,
  firstname: optionalText,
  lastname: optionalText,
  fullname: optionalText,
  business_name: optionalText,
  business_then_name: optionalText,
  email: optionalText,
  phone: optionalText,
  mobile: optionalText,
  city: optionalText,
});

/** `prepay_hours` is a string or null, and only live accounts show it. */
export const customerWire = z.object({
  customer: customerRowWire.extend({
    prepay_hours: optionalHundredths,
    no_email: flag,
    contacts: optional(z.array(z.unknown())),
  }),
});

/** `price_retail` is a number. */
export const productRowWire = z.object({
  id,
  name: text,
  price_retail: hundredths,
  taxable: flag,
  disabled: flag,
});

export const productWire = z.object({ product: productRowWire });
