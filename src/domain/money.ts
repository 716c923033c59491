/** Amounts are integer cents everywhere; this is the only place that makes text of them. */
export const formatMoney = (cents: number): string => {
  const sign = cents < 0 ? '-' : '';
  const whole = Math.floor(Math.abs(cents) / 100).toString();
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${sign}$${grouped}.${String(Math.abs(cents) % 100).padStart(2, '0')}`;
};

/** Quantity in hundredths times a rate in cents, rounded half up to a cent as an invoice does. */
export const lineAmountCents = (quantityHundredths: number, rateCents: number): number =>
  Math.round((quantityHundredths * rateCents) / 100);
