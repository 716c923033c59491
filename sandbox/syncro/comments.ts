import { addComment } from './add-comment.ts';
import { commentJson } from './comment-json.ts';
import { isBlank } from './fields.ts';
import { paginate } from './page.ts';
import { notFound, ok, unprocessable } from './reply.ts';
import { byParam, type Call, type Route, route } from './route.ts';

const list = (call: Call) => {
  const ticket = byParam(call.state.tickets, call);
  if (!ticket) return notFound;
  const { query } = call;
  const field = query.get('sort_by') === 'updated_at' ? 'updated_at' : 'created_at';
  const sign = query.get('sort_direction')?.toUpperCase() === 'ASC' ? 1 : -1;
  const within = (name: 'created' | 'updated', at: string): boolean => {
    const after = Date.parse(query.get(`${name}_after`) ?? '');
    const before = Date.parse(query.get(`${name}_before`) ?? '');
    return !(Date.parse(at) <= after) && !(Date.parse(at) >= before);
  };
  const found = call.state.comments
    .filter((row) => row.ticket_id === ticket.id)
    .filter((row) => within('created', row.created_at) && within('updated', row.updated_at))
    .toSorted((a, b) => sign * (a[field].localeCompare(b[field]) || a.id - b.id));
  const page = paginate(found, call, 10, true);
  return ok({
    comments: page.rows.map((row) => ({
      ...commentJson(call.state, row, query.get('comment_format')),
      ...(call.behaviour.oddRecords.includes(row.id) ? { id: null } : {}),
    })),
    meta: { total_pages: page.totalPages, page: page.page, per_page: page.perPage },
  });
};

/** Flat body only: `{"comment":{…}}` has no body and no subject for Syncro. */
const create = (call: Call) => {
  const ticket = byParam(call.state.tickets, call);
  if (!ticket) return notFound;
  const wrong = [
    ...(isBlank(call.body.body) ? ["Body can't be blank"] : []),
    ...(isBlank(call.body.subject) ? ["Subject can't be blank"] : []),
  ];
  if (wrong.length > 0) return unprocessable({ success: false, message: wrong });
  return ok({ comment: commentJson(call.state, addComment(call, ticket, call.body), 'original') });
};

export const commentRoutes: readonly Route[] = [
  route('GET', '/tickets/{id}/comments', ['ticket', 'read'], list),
  route('POST', '/tickets/{id}/comment', ['ticket', 'write'], create),
];
