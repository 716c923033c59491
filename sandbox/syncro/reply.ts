/** What goes over the wire; `body` is the finished text. */
export type Reply = {
  readonly status: number;
  readonly body: string;
  readonly contentType: string | null;
  readonly retryAfter?: number;
};

const json = (status: number, body: unknown): Reply => ({
  status,
  body: JSON.stringify(body),
  contentType: 'application/json; charset=utf-8',
});

/** Success of POST is 200 as well, never 201. */
export const ok = (body: unknown): Reply => json(200, body);

/** The shape of `body` differs per endpoint: each route spells its own. */
export const unprocessable = (body: unknown): Reply => json(422, body);

/** 404 of the endpoints without a documented body. */
export const notFound: Reply = { status: 404, body: '', contentType: null };

/** 404 of DELETE ticket and of contacts. */
export const notFoundMessage: Reply = json(404, { message: 'Not found' });

/** Nobody has published the body for a bad key: none. */
export const badKey: Reply = { status: 401, body: '', contentType: null };

/** 401 also means "not allowed". */
export const notAuthorized: Reply = json(401, {
  error: 'Not authorized. Please ask account admin to update your group permissions.',
});

/** An error page of the proxy or of Rails. */
export const htmlPage = (status: number, title: string): Reply => ({
  status,
  body: `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`,
  contentType: 'text/html; charset=utf-8',
});

/** The spec names neither body nor headers for 429. */
export const tooMany = (retryAfter?: number): Reply => ({ status: 429, body: '', contentType: null, retryAfter });
