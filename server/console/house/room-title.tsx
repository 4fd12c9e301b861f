import { Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** The first heading of a room: one a page, for who hears it; no larger than it has to be. */
export function RoomTitle({ children }: { children: ReactNode }) {
  return (
    <Title order={1} size="h2">
      {children}
    </Title>
  );
}
