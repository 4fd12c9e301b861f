import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  MultiSelect,
  NumberInput,
  Select,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { IconClockPlus, IconX } from '@tabler/icons-react';
import { parseRule } from '../../../../firmware-protocol/content/recurrence-rule.ts';
import { ruleWords } from '../../../../firmware-protocol/content/spoken-rules/spoken-rule.ts';
import { ThaiDateInput } from '../../time/thai-date-input.tsx';
import { timeWords } from '../../time/thai-time.ts';
import { TimeOfDayInput } from '../../time/time-of-day-input.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import { plusDays } from '../days.ts';
import { ENTRY_WORDS } from './entry-words.ts';
import { formFault, REPEATS, type Repeat, type RuleForm, ruleOf } from './rule-form.ts';

const REPEAT_WORDS = {
  once: 'once',
  daily: 'daily',
  weekly: 'weekly',
  'by-date': 'byDate',
  'by-weekday': 'byWeekday',
  yearly: 'yearly',
  custom: 'custom',
} as const satisfies Record<Repeat, string>;
const FAULT_WORDS = {
  times: 'faultTimes',
  weekdays: 'faultWeekdays',
  dates: 'faultDates',
  rule: 'faultRule',
  until: 'faultUntil',
} as const;

/** A first guess at an end: most series last a season. */
const SEASON_DAYS = 90;

export interface RuleFieldsProps {
  form: RuleForm;
  onChange: (form: RuleForm) => void;
}

/** When it comes, and below it the same in words. */
export function RuleFields({ form, onChange }: RuleFieldsProps) {
  const say = useWords(ENTRY_WORDS);
  const language = useLanguage();
  const fault = formFault(form);
  const { starts, rule } = ruleOf(form);
  const set = (part: Partial<RuleForm>) => onChange({ ...form, ...part });
  return (
    <Stack gap="sm">
      <Select
        label={say('repeat')}
        value={form.repeat}
        allowDeselect={false}
        data={REPEATS.map((value) => ({ value, label: say(REPEAT_WORDS[value]) }))}
        onChange={(repeat) => set({ repeat: REPEATS.find((each) => each === repeat) ?? 'once' })}
      />
      <Group grow align="flex-start">
        <ThaiDateInput
          label={say(form.repeat === 'once' ? 'onDay' : 'firstDay')}
          value={form.day}
          onChange={(day) => set({ day })}
        />
        {!['once', 'custom'].includes(form.repeat) && (
          <NumberInput
            label={say('every')}
            min={1}
            max={99}
            value={form.interval}
            onChange={(interval) => set({ interval: Number(interval) || 1 })}
          />
        )}
      </Group>
      <TimeFields form={form} onChange={onChange} />
      <DayFields form={form} onChange={onChange} />
      {!['once', 'custom', 'yearly'].includes(form.repeat) && <MonthFields form={form} onChange={onChange} />}
      {form.repeat === 'custom' && (
        <TextInput
          label={say('rule')}
          value={form.rule}
          error={parseRule(form.rule).ok ? undefined : say('faultRule')}
          onChange={(event) => set({ rule: event.currentTarget.value.trim() })}
        />
      )}
      {!['once', 'custom'].includes(form.repeat) && <EndFields form={form} onChange={onChange} />}
      <Text size="sm" fw={600} role="status" {...(fault !== undefined && { c: 'red' })}>
        {fault === undefined ? ruleWords(rule, starts, language) : say(FAULT_WORDS[fault])}
      </Text>
    </Stack>
  );
}

function TimeFields({ form, onChange }: RuleFieldsProps) {
  const say = useWords(ENTRY_WORDS);
  const many = !['once', 'custom'].includes(form.repeat);
  const times = many ? form.times : form.times.slice(0, 1);
  const setAt = (at: number, time: string) =>
    onChange({ ...form, times: times.map((each, index) => (index === at ? time : each)) });
  // In order and each once, when the hand leaves: what is typed does not jump.
  const settle = () => onChange({ ...form, times: [...new Set(times)].sort() });
  return (
    <Group gap="xs" align="flex-end">
      {times.map((time, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a field keeps its place while its time is typed
        <Group key={at} gap={4} align="flex-end" wrap="nowrap">
          <TimeOfDayInput
            label={at === 0 ? say('time') : say('timeNth', { n: at + 1 })}
            value={time}
            onChange={(changed) => setAt(at, changed)}
            onBlur={settle}
          />
          {times.length > 1 && (
            <ActionIcon
              variant="subtle"
              size="lg"
              aria-label={say('removeTime', { time })}
              onClick={() => onChange({ ...form, times: times.filter((_, index) => index !== at) })}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          )}
        </Group>
      ))}
      {many && (
        <Button
          variant="subtle"
          leftSection={<IconClockPlus size={16} aria-hidden />}
          onClick={() =>
            onChange({ ...form, times: [...new Set([...times, laterThan(times.at(-1))])].sort() })
          }
        >
          {say('addTime')}
        </Button>
      )}
    </Group>
  );
}

/** The same minute of the next hour is a rule with what there is. */
function laterThan(time = '06:00'): string {
  return `${String((Number(time.slice(0, 2)) + 1) % 24).padStart(2, '0')}${time.slice(2)}`;
}

function DayFields({ form, onChange }: RuleFieldsProps) {
  const say = useWords(ENTRY_WORDS);
  const weekday = useWeekdayName();
  const weekdays = [0, 1, 2, 3, 4, 5, 6].map((value) => ({ value: String(value), label: weekday(value) }));
  if (form.repeat === 'weekly')
    return (
      <Checkbox.Group
        label={say('weekdays')}
        value={form.weekdays.map(String)}
        onChange={(chosen) => onChange({ ...form, weekdays: chosen.map(Number).sort() })}
      >
        <Group gap="sm" mt={4}>
          {weekdays.map(({ value, label }) => (
            <Checkbox key={value} value={value} label={label} />
          ))}
        </Group>
      </Checkbox.Group>
    );
  if (form.repeat === 'by-date')
    return (
      <MultiSelect
        label={say('dates')}
        value={form.dates.map(String)}
        data={[
          ...Array.from({ length: 31 }, (_, at) => ({ value: String(at + 1), label: String(at + 1) })),
          { value: '-1', label: say('lastDay') },
        ]}
        onChange={(chosen) => onChange({ ...form, dates: datesInOrder(chosen.map(Number)) })}
      />
    );
  if (form.repeat !== 'by-weekday') return null;
  return (
    <Group grow>
      <Select
        label={say('nth')}
        allowDeselect={false}
        value={String(form.ordinal)}
        data={([1, 2, 3, 4, -1] as const).map((n) => ({
          value: String(n),
          label: say(n === -1 ? 'nthLast' : `nth${n}`),
        }))}
        onChange={(ordinal) => onChange({ ...form, ordinal: Number(ordinal) })}
      />
      <Select
        label={say('weekday')}
        allowDeselect={false}
        value={String(form.weekday)}
        data={weekdays}
        onChange={(chosen) => onChange({ ...form, weekday: Number(chosen) })}
      />
    </Group>
  );
}

function datesInOrder(dates: number[]): number[] {
  const place = (date: number) => (date < 0 ? 100 + date : date);
  return [...dates].sort((a, b) => place(a) - place(b));
}

function MonthFields({ form, onChange }: RuleFieldsProps) {
  const say = useWords(ENTRY_WORDS);
  const language = useLanguage();
  const name = (month: number) =>
    timeWords(`2026-${String(month).padStart(2, '0')}-15T12:00:00+07:00`, 'monthShort', language);
  return (
    <MultiSelect
      label={say('months')}
      placeholder={form.months.length === 0 ? say('allMonths') : ''}
      value={form.months.map(String)}
      data={Array.from({ length: 12 }, (_, at) => ({ value: String(at + 1), label: name(at + 1) }))}
      onChange={(chosen) => onChange({ ...form, months: chosen.map(Number).sort((a, b) => a - b) })}
    />
  );
}

function EndFields({ form, onChange }: RuleFieldsProps) {
  const say = useWords(ENTRY_WORDS);
  const { ends } = form;
  const ended = {
    never: { how: 'never' },
    until: { how: 'until', day: plusDays(form.day, SEASON_DAYS) },
    count: { how: 'count', count: 10 },
  } as const;
  return (
    <Group grow align="flex-start">
      <Select
        label={say('ends')}
        allowDeselect={false}
        value={ends.how}
        data={(['never', 'until', 'count'] as const).map((value) => ({ value, label: say(value) }))}
        onChange={(how) =>
          onChange({ ...form, ends: ended[how === 'until' || how === 'count' ? how : 'never'] })
        }
      />
      {ends.how === 'until' && (
        <ThaiDateInput
          label={say('until')}
          from={form.day}
          value={ends.day}
          onChange={(day) => onChange({ ...form, ends: { how: 'until', day } })}
        />
      )}
      {ends.how === 'count' && (
        <NumberInput
          label={say('times')}
          min={1}
          max={10_000}
          value={ends.count}
          onChange={(count) => onChange({ ...form, ends: { how: 'count', count: Number(count) || 1 } })}
        />
      )}
    </Group>
  );
}

/** 0 = Monday. */
function useWeekdayName(): (weekday: number) => string {
  const language = useLanguage();
  return (weekday) =>
    timeWords(`2026-11-${String(2 + weekday).padStart(2, '0')}T12:00:00+07:00`, 'weekdayLong', language);
}
