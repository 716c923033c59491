import { authenticate, mayDo } from './authenticate.ts';
import type { Behaviour } from './behaviour.ts';
import { type Incoming, safeBody } from './incoming.ts';
import { badKey, htmlPage, notAuthorized, type Reply } from './reply.ts';
import type { Change } from './route.ts';
import { routes } from './routes.ts';
import type { SyncroState } from './state.ts';

export type Scene = {
  readonly state: SyncroState;
  readonly behaviour: Behaviour;
  readonly now: number;
  readonly changed: (change: Change) => void;
};

/** What Syncro answers to a request, with its effect on `scene.state`. */
export const perform = (scene: Scene, incoming: Incoming): Reply => {
  const { method, path } = incoming;
  const match = routes.find((one) => one.method === method && path !== null && one.pattern.test(path));
  if (!match || path === null) return htmlPage(404, "The page you were looking for doesn't exist (404)");
  if ((method === 'POST' || method === 'PUT') && !incoming.isJson) return htmlPage(400, 'Bad Request');
  if (incoming.isBroken) return htmlPage(400, 'Bad Request');
  const user = authenticate(scene.state, incoming);
  if (!user) return badKey;
  if (!mayDo(user, match.need)) return notAuthorized;
  const params = match.pattern.exec(path)?.slice(1) ?? [];
  return match.handle({ ...scene, user, params, query: incoming.query, body: safeBody(incoming) });
};
