import { Alert, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconAlertTriangle, IconRadar } from '@tabler/icons-react';
import type { RequestOf } from '../../../firmware-protocol/mqtt/requests.ts';
import { ProvinceMap } from '../areas/province-map.tsx';
import { useOverview } from '../areas/use-area.ts';
import { FailureNote } from '../house/failure-note.tsx';
import { isArea } from '../targets/target-set.ts';
import { lengthWords } from '../time/thai-time.ts';
import { useAnswer } from '../wire/use-wire.tsx';
import { useWords } from '../words/language.ts';
import { EMERGENCY_WORDS } from './emergency-words.ts';
import type { WarningDraft } from './warning-draft.ts';

/** Until somebody stopped ticking boxes. */
const SETTLED_MS = 400;

/** Who would be reached, on the map and in numbers, before anything is sent. */
export function ReachPanel({ draft }: { draft: WarningDraft }) {
  const say = useWords(EMERGENCY_WORDS);
  const [to] = useDebouncedValue(draft.to, SETTLED_MS);
  const { data: country } = useOverview('th');
  const asked: RequestOf<'plan'> = {
    to,
    kind: 'alert',
    title: 'x',
    text: draft.text.trim() || 'x',
    chime: 'alert',
  };
  const { data, error } = useAnswer('plan', asked, { enabled: to.length > 0 });
  return (
    <Stack gap="xs">
      <div style={{ maxWidth: 260 }}>
        <ProvinceMap
          parts={country?.parts ?? []}
          marked={to.filter((each) => isArea(each) && each !== 'th')}
        />
      </div>
      <FailureNote error={error} />
      {to.length > 0 && data === undefined && error === null && <Skeleton height={24} />}
      {data !== undefined && (
        <Group gap={6} wrap="nowrap" role="status">
          <IconRadar size={18} aria-hidden />
          <Text fw={600}>{say('reach', { count: data.halls, online: data.online, away: data.away })}</Text>
        </Group>
      )}
      {data !== undefined && (
        <Text size="sm" c="dimmed">
          {say('airtime', { length: lengthWords(data.airtime_ms.tower) })}
        </Text>
      )}
      {data !== undefined && data.online === 0 && (
        <Alert color="red" icon={<IconAlertTriangle aria-hidden />}>
          {say('reachNobody')}
        </Alert>
      )}
    </Stack>
  );
}
