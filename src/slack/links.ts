/** Addresses of Syncro's own pages; a ticket's page is named by its id, never by its number. */
export const createLinks = (webUrl: string) => ({
  host: new URL(webUrl).host.toLowerCase(),
  ticket: (id: number): string => `${webUrl}/tickets/${id}`,
  invoice: (id: number): string => `${webUrl}/invoices/${id}`,
  apiTokens: `${webUrl}/api_tokens/new`,
  customer: (id: number): string => `${webUrl}/customers/${id}`,
});

export type Links = ReturnType<typeof createLinks>;
