/**
 * What the work comes to if it does so within `ms`, else what `late` gives or throws at that moment. The work goes on;
 * what it comes to afterwards is nobody's, a failure neither.
 */
export const within = <T, L>(ms: number, work: T | PromiseLike<T>, late: () => L): Promise<T | L> => {
  const over = Promise.withResolvers<void>();
  const timer = setTimeout(over.resolve, ms);
  return Promise.race([work, over.promise.then(late)]).finally(() => clearTimeout(timer));
};
