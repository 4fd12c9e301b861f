import './schedule.css';
import './grid/blocks.css';
import './grid/month-and-areas.css';
import { Stack, VisuallyHidden } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useSession } from '../door/use-session.tsx';
import { useWords } from '../words/language.ts';
import { todayAt } from './days.ts';
import { addressOf, type ScheduleAddress } from './schedule-address.ts';
import { ScheduleBar } from './schedule-bar.tsx';
import { SchedulePlan } from './schedule-plan.tsx';
import { SCHEDULE_WORDS } from './schedule-words.ts';
import { useIsNarrow } from './use-is-narrow.ts';
import { useMinute } from './use-minute.ts';

/** The plan of an area: days, weeks, months, the areas below; drafted, looked at, published. */
export default function ScheduleRoom() {
  const say = useWords(SCHEDULE_WORDS);
  const search: Record<string, unknown> = useSearch({ strict: false });
  const navigate = useNavigate();
  const { areas } = useSession();
  const now = useMinute();
  const isNarrow = useIsNarrow();
  const address = addressOf(search, { area: areas[0] ?? 'th', now, view: isNarrow ? 'day' : 'week' });
  const go = (part: Partial<ScheduleAddress>) =>
    void navigate({ to: '/schedule', search: { ...address, ...part }, replace: part.area === undefined });
  return (
    <Stack gap="sm" className="plan-room">
      {/* The bar says day and area; what the page is, the side bar says to those who see it. */}
      <VisuallyHidden component="h1">{say('title')}</VisuallyHidden>
      <ScheduleBar address={address} today={todayAt(now)} onGo={go} />
      <SchedulePlan key={address.area} address={address} now={now} onGo={go} />
    </Stack>
  );
}
