import { Anchor, Badge, Button, Card, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconPlayerStop, IconSpeakerphone, IconTestPipe } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { AnswerTo } from '../../../firmware-protocol/mqtt/requests.ts';
import { FailureNote } from '../house/failure-note.tsx';
import { RoomTitle } from '../house/room-title.tsx';
import { TargetChips } from '../targets/target-chips.tsx';
import { timeWords } from '../time/thai-time.ts';
import { useAnswer } from '../wire/use-wire.tsx';
import { useLanguage, useWords } from '../words/language.ts';
import { ORDER_WORDS } from './order-words.ts';

type OrderRow = AnswerTo<'orders'>['orders'][number];
type Kind = 'announce' | 'alert' | 'test';

const PAGE = 20;
const LOOK_AGAIN_MS = 10_000;
const KINDS: Kind[] = ['announce', 'alert', 'test'];
const LOOK = {
  announce: { color: 'green', icon: IconSpeakerphone },
  alert: { color: 'red', icon: IconAlertTriangle },
  test: { color: 'gray', icon: IconTestPipe },
} as const;

/** What was sent, the newest first; the page stands in the address. */
export default function OrdersRoom() {
  const say = useWords(ORDER_WORDS);
  const navigate = useNavigate();
  const { before } = useSearch({ strict: false }) as { before?: string };
  const { data, error } = useAnswer(
    'orders',
    { kinds: KINDS, limit: PAGE, ...(before && { before }) },
    { refetchInterval: LOOK_AGAIN_MS },
  );
  const orders = data?.orders ?? [];
  const last = orders.length === PAGE ? orders.at(-1)?.order : undefined;
  const go = (page: string | undefined) =>
    void navigate({ to: '/orders', search: (page === undefined ? {} : { before: page }) as never });
  return (
    <Stack>
      <div>
        <RoomTitle>{say('heading')}</RoomTitle>
        <Text c="dimmed">{say('intro')}</Text>
      </div>
      <FailureNote error={error} />
      {data === undefined && error === null && <Skeleton height={240} />}
      {data !== undefined && orders.length === 0 && <Nothing />}
      {orders.map((row) => (
        <OrderCard key={row.order} row={row} />
      ))}
      <Group>
        {before !== undefined && (
          <Button variant="default" onClick={() => go(undefined)}>
            {say('newest')}
          </Button>
        )}
        {last !== undefined && (
          <Button variant="default" onClick={() => go(last)}>
            {say('older')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function Nothing() {
  const say = useWords(ORDER_WORDS);
  return (
    <Group>
      <Text c="dimmed">{say('none')}</Text>
      <Button component={Link} to="/push" variant="light">
        {say('toPush')}
      </Button>
    </Group>
  );
}

function OrderCard({ row }: { row: OrderRow }) {
  const say = useWords(ORDER_WORDS);
  const lang = useLanguage();
  const kind = KINDS.find((each) => each === row.kind) ?? 'announce';
  const { color, icon: Sign } = LOOK[kind];
  const all = Object.values(row.halls).reduce((sum, count) => sum + count, 0);
  const unanswered = (row.halls.waiting ?? 0) + (row.halls.sent ?? 0) + (row.halls.expired ?? 0);
  return (
    <Card withBorder component="article" aria-label={row.title ?? say(kind)} padding="sm">
      <Stack gap={6}>
        <Group gap="xs" justify="space-between">
          <Group gap="xs">
            <Badge color={color} variant="light" tt="none" leftSection={<Sign size={12} aria-hidden />}>
              {say(kind)}
            </Badge>
            {row.ended_by !== undefined && (
              <Badge
                color="gray"
                variant="light"
                tt="none"
                leftSection={<IconPlayerStop size={12} aria-hidden />}
              >
                {say('endedEarly')}
              </Badge>
            )}
            <Anchor component={Link} to={`/orders/${row.order}`} fw={600}>
              {row.title}
            </Anchor>
          </Group>
          <Text size="sm" className="tabular">
            {say('heard', { some: all - unanswered, count: all })}
          </Text>
        </Group>
        <Text size="sm" c="dimmed">
          {[
            timeWords(row.issued_at, 'moment', lang),
            say('by', { by: row.by }),
            ...(row.approved_by === undefined ? [] : [say('approvedBy', { by: row.approved_by })]),
          ].join(' · ')}
        </Text>
        <TargetChips chosen={row.to} />
      </Stack>
    </Card>
  );
}
