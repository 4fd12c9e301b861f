import { Anchor, Group, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { AnswerTo } from '../../../firmware-protocol/mqtt/requests.ts';
import { FailureNote } from '../house/failure-note.tsx';
import { timeWords } from '../time/thai-time.ts';
import { useAnswer } from '../wire/use-wire.tsx';
import { useLanguage, useWords } from '../words/language.ts';
import { DIAGNOSE_WORDS } from './diagnose-words.ts';

type Order = AnswerTo<'orders'>['orders'][number];

const LOOKED_AT = 50;
const AGAIN_MS = 30_000;

const missed = ({ halls }: Order) => (halls.refused ?? 0) + (halls.expired ?? 0);

/** Orders of late that halls refused, or did not hear in time. */
export function OrderCard() {
  const say = useWords(DIAGNOSE_WORDS);
  const { data, error } = useAnswer('orders', { limit: LOOKED_AT }, { refetchInterval: AGAIN_MS });
  const orders = data?.orders ?? [];
  const bad = orders.filter((order) => missed(order) > 0);
  return (
    <Paper component="section" withBorder p="md" aria-label={say('orders')}>
      <Title order={2} size="h5" mb="xs">
        {say('orders')}
      </Title>
      {data === undefined && error === null && <Skeleton height={80} />}
      <FailureNote error={data === undefined ? error : null} />
      {data !== undefined && bad.length === 0 && (
        <Group gap={6} c="var(--good)" wrap="nowrap">
          <IconCircleCheck size={18} aria-hidden />
          <Text inherit>{say('ordersNone', { count: orders.length })}</Text>
        </Group>
      )}
      <Stack gap="xs" component="ul" className="plain-list">
        {bad.map((order) => (
          <Line key={order.order} order={order} />
        ))}
      </Stack>
    </Paper>
  );
}

function Line({ order }: { order: Order }) {
  const say = useWords(DIAGNOSE_WORDS);
  const lang = useLanguage();
  const { refused = 0, expired = 0 } = order.halls;
  return (
    <Group component="li" gap="sm" wrap="nowrap" align="flex-start">
      <Text c="var(--bad)" lh={0} mt={3}>
        <IconAlertTriangle size={18} aria-hidden />
      </Text>
      <div>
        <Anchor component={Link} to="/orders/$order" params={{ order: order.order } as never} size="sm">
          {order.title ?? say('silence')}
        </Anchor>
        <Text size="sm" c="dimmed" className="tabular">
          {timeWords(order.issued_at, 'moment', lang)} {refused > 0 && say('refusedBy', { count: refused })}{' '}
          {expired > 0 && say('expiredAt', { count: expired })}
        </Text>
      </div>
    </Group>
  );
}
