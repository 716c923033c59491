/** The row of a table under an id that came from outside: `constructor` and its like are no rows. */
export const rowOf = <Row>(table: Readonly<Record<string, Row>>, id: string): Row | undefined =>
  Object.hasOwn(table, id) ? table[id] : undefined;
