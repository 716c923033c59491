import {
  type ColumnDefinitionNode,
  type KyselyPlugin,
  OperationNodeTransformer,
  type PluginTransformQueryArgs,
  type QueryId,
  RawNode,
} from 'kysely';

const TYPES: Readonly<Record<string, string>> = {
  // Sorted and compared byte by byte, as SQLite does, whatever language the server was set up in.
  text: 'text collate "C"',
  // 32 bits hold no epoch milliseconds.
  integer: 'bigint',
};

class Columns extends OperationNodeTransformer {
  protected override transformColumnDefinition(node: ColumnDefinitionNode, queryId?: QueryId): ColumnDefinitionNode {
    const column = super.transformColumnDefinition(node, queryId);
    const { dataType, autoIncrement, ...rest } = column;
    const name = 'dataType' in dataType ? String(dataType.dataType) : '';
    const type = autoIncrement ? 'bigserial' : TYPES[name];
    return type === undefined ? column : { ...rest, dataType: RawNode.createWithSql(type) };
  }
}

/** The migrations are written once, in SQLite's words; this says what Postgres makes of them. */
export const postgresColumns: KyselyPlugin = {
  transformQuery: ({ node, queryId }: PluginTransformQueryArgs) => new Columns().transformNode(node, queryId),
  transformResult: ({ result }) => Promise.resolve(result),
};
