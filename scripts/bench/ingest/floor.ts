/** A database's own batched insert: what storing the same bytes costs without us. */
export interface Floor {
  insert(table: FloorTable, rows: object[]): Promise<void>;
  close(): Promise<void>;
}

export type FloorTable = keyof typeof FLOOR_COLUMNS;

export const FLOOR_COLUMNS = {
  reports: {
    device: 'text',
    chain: 'bigint',
    n: 'bigint',
    hash: 'text',
    at: 'text',
    boot: 'bigint',
    type: 'text',
    play: 'text',
    document: 'text',
  },
  health: { device: 'text', at: 'bigint', document: 'text' },
} as const;
