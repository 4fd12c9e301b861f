import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  /** Below it the table is moved sideways, px. */
  minWidth: number;
  label: string;
  children: ReactNode;
}

/** A table that is wider than a phone is moved by finger and by the arrow keys alike. */
export function WideTable({ minWidth, label, children }: Props) {
  const viewportProps = { tabIndex: 0, role: 'region', 'aria-label': label };
  return (
    <Table.ScrollContainer minWidth={minWidth} scrollAreaProps={{ viewportProps }}>
      {children}
    </Table.ScrollContainer>
  );
}
