import { Anchor, Card, Skeleton, Stack, Text, Title } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { FailureNote } from '../house/failure-note.tsx';
import { FateBar } from '../progress/fate-bar.tsx';
import { useProgress } from '../progress/use-progress.ts';
import { timeWords } from '../time/thai-time.ts';
import { useNow } from '../time/use-now.ts';
import { codeOf } from '../wire/failure.ts';
import { useLanguage, useWords } from '../words/language.ts';
import { HallFates } from './hall-fates.tsx';
import { HeldOrder } from './held-order.tsx';
import { OrderActions } from './order-actions.tsx';
import { endOf } from './order-end.ts';
import { ORDER_WORDS } from './order-words.ts';
import { useHeld } from './use-held.ts';

/** One announcement after it was sent: how far it is, hall by hall, and what can still be done. */
export default function OrderRoom() {
  const say = useWords(ORDER_WORDS);
  const { order = '' } = useParams({ strict: false }) as { order?: string };
  const { data, error } = useProgress(order);
  const isMissing = codeOf(error) === 'unknown-order';
  const { held, known } = useHeld(order, isMissing);
  return (
    <Stack>
      <Anchor component={Link} to="/orders">
        {say('allOrders')}
      </Anchor>
      {data !== undefined && <Sent order={order} progress={data} />}
      {data === undefined && held !== undefined && <HeldOrder held={held} />}
      {data === undefined && held === undefined && isMissing && known && <Text>{say('unknown')}</Text>}
      {data === undefined && !isMissing && error === null && <Skeleton height={220} />}
      {!isMissing && <FailureNote error={error} />}
    </Stack>
  );
}

type Progress = NonNullable<ReturnType<typeof useProgress>['data']>;

function Sent({ order, progress }: { order: string; progress: Progress }) {
  const say = useWords(ORDER_WORDS);
  const lang = useLanguage();
  const { title, expires_at, open, fates } = progress;
  const end = endOf(progress, useNow('second'));
  return (
    <>
      <Card withBorder component="section" aria-label={title}>
        <Stack gap="sm">
          <Title order={1} size="h3">
            {title}
          </Title>
          <FateBar fates={fates} />
          <Text size="sm" c="dimmed" role="status">
            {[
              open > 0 ? say('open', { count: open }) : say('settled'),
              ...(end === undefined ? [] : [say(end, { time: timeWords(expires_at, 'moment', lang) })]),
            ].join(' · ')}
          </Text>
          <OrderActions order={order} progress={progress} />
        </Stack>
      </Card>
      <Title order={2} size="h4">
        {say('byHall')}
      </Title>
      <HallFates order={order} fates={fates} />
    </>
  );
}
