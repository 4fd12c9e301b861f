import { Alert, Group, List, Skeleton, Stack, Text } from '@mantine/core';
import {
  IconAlertTriangle,
  IconBroadcast,
  IconCalendarExclamation,
  IconClock,
  IconMoon,
  IconUsers,
} from '@tabler/icons-react';
import type { AnswerTo } from '../../../firmware-protocol/mqtt/requests.ts';
import { useAreaName } from '../areas/use-area.ts';
import { FailureNote } from '../house/failure-note.tsx';
import { lengthWords, spanWords } from '../time/thai-time.ts';
import { useLanguage, useWords } from '../words/language.ts';
import { PUSH_WORDS } from './push-words.ts';

type Plan = AnswerTo<'plan'>;
type Meeting = Plan['meets'][number];
/** More lines than somebody reads before sending. */
const MEETS_SHOWN = 5;

/** What it would meet: who hears it, how long it takes, what gives way, and who else has to agree. */
export function CheckPanel({
  plan,
  error,
  hasContent,
}: {
  plan: Plan | undefined;
  error: unknown;
  /** Without it, halls alone were asked about. */
  hasContent: boolean;
}) {
  const say = useWords(PUSH_WORDS);
  if (error !== null) return <FailureNote error={error} />;
  if (plan === undefined) return <Skeleton height={92} />;
  const { halls, online, away, airtime_ms, without, quiet } = plan;
  return (
    <Stack gap="xs" role="status" className="tabular">
      <Line icon={IconBroadcast} strong>
        {say('halls', { count: halls })} · {say('online', { count: online })} · {say('away', { count: away })}
      </Line>
      {hasContent && <Airtime {...airtime_ms} />}
      {online === 0 && <Line icon={IconAlertTriangle}>{say('nobody')}</Line>}
      {without.tower > 0 && (
        <Line icon={IconAlertTriangle}>{say('withoutTower', { count: without.tower })}</Line>
      )}
      {without.panel > 0 && (
        <Line icon={IconAlertTriangle}>{say('withoutPanel', { count: without.panel })}</Line>
      )}
      {quiet > 0 && <Line icon={IconMoon}>{say('quiet', { count: quiet })}</Line>}
      {hasContent && <Meets meets={plan.meets} />}
      {hasContent && plan.programmes_left_out > 0 && (
        <Text size="sm" c="dimmed">
          {say('meetsUnseen', { count: plan.programmes_left_out })}
        </Text>
      )}
      {plan.needs.length > 0 && (
        <Alert
          color="yellow"
          icon={<IconUsers aria-hidden />}
          title={say('needs')}
          styles={{ title: { color: 'var(--poor)' } }}
        >
          {plan.needs.map((need) => say(need)).join(', ')}
        </Alert>
      )}
    </Stack>
  );
}

function Airtime({ tower, panel }: Plan['airtime_ms']) {
  const say = useWords(PUSH_WORDS);
  const words = [
    ...(tower > 0 ? [say('airTower', { length: lengthWords(tower) })] : []),
    ...(panel > 0 ? [say('airPanel', { length: lengthWords(panel) })] : []),
  ];
  return <Line icon={IconClock}>{words.join(' · ')}</Line>;
}

function Line({
  icon: Sign,
  strong = false,
  children,
}: {
  icon: typeof IconClock;
  strong?: boolean;
  children: React.ReactNode;
}) {
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <Sign size={18} aria-hidden style={{ flexShrink: 0, marginTop: 2 }} />
      <Text size="sm" fw={strong ? 600 : 400}>
        {children}
      </Text>
    </Group>
  );
}

function Meets({ meets }: { meets: readonly Meeting[] }) {
  const say = useWords(PUSH_WORDS);
  if (meets.length === 0) return <Line icon={IconCalendarExclamation}>{say('noMeets')}</Line>;
  return (
    <>
      <Line icon={IconCalendarExclamation}>{say('meets', { count: meets.length })}</Line>
      <List size="sm" ps={10}>
        {meets.slice(0, MEETS_SHOWN).map((meeting) => (
          <Met key={`${meeting.area} ${meeting.title} ${meeting.starts}`} meeting={meeting} />
        ))}
      </List>
      {meets.length > MEETS_SHOWN && (
        <Text size="sm" c="dimmed">
          {say('moreMeets', { count: meets.length - MEETS_SHOWN })}
        </Text>
      )}
    </>
  );
}

function Met({ meeting: { area, title, starts, ends, what } }: { meeting: Meeting }) {
  const say = useWords(PUSH_WORDS);
  const lang = useLanguage();
  return (
    <List.Item>
      {spanWords(starts, ends, lang)} {title} ({useAreaName(area)}): {say(what)}
    </List.Item>
  );
}
