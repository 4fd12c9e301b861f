import { DatePickerInput } from '@mantine/dates';
import { IconCalendar } from '@tabler/icons-react';
import { useLanguage } from '../words/language.ts';
import { type TimeForm, timeWords } from './thai-time.ts';

interface Props {
  label: string;
  /** `2026-11-30`. */
  value: string;
  onChange: (day: string) => void;
  /** First day that can be chosen. */
  from?: string;
  w?: number | string;
}

/** A day, chosen from a calendar of พ.ศ. in Thai. */
export function ThaiDateInput({ label, value, onChange, from, w }: Props) {
  const language = useLanguage();
  const words = useDatePickerWords();
  return (
    <DatePickerInput
      {...words}
      label={label}
      value={value}
      onChange={(day) => day !== null && onChange(day)}
      valueFormatter={({ date }) => (typeof date === 'string' ? dayWords(date, 'day', language) : '')}
      leftSection={<IconCalendar size={18} aria-hidden />}
      {...(from !== undefined && { minDate: from })}
      {...(w !== undefined && { w })}
    />
  );
}

const dayWords = (day: string, form: TimeForm, language: 'th' | 'en') =>
  timeWords(`${day.slice(0, 10)}T12:00:00+07:00`, form, language);

/** The words of a date picker of Mantine; it asks for them day by day, so that it needs no locale of its own. Weeks begin on Monday. */
export function useDatePickerWords() {
  const language = useLanguage();
  const words = (form: TimeForm) => (day: string) => dayWords(day, form, language);
  const years = (first: string, last: string) => `${words('year')(first)} – ${words('year')(last)}`;
  return {
    monthLabelFormat: words('month'),
    weekdayFormat: words('weekdayShort'),
    yearLabelFormat: words('year'),
    monthsListFormat: words('monthShort'),
    yearsListFormat: words('year'),
    decadeLabelFormat: (day: string) => years(day, `${Number(day.slice(0, 4)) + 9}-01-01`),
    getDayAriaLabel: words('day'),
    getMonthControlProps: (day: string) => ({ 'aria-label': words('month')(day) }),
    getYearControlProps: (day: string) => ({ 'aria-label': words('year')(day) }),
    ariaLabels: LABELS[language],
    firstDayOfWeek: 1,
  } as const;
}

const LABELS = {
  th: {
    monthLevelControl: 'เลือกเดือน',
    yearLevelControl: 'เลือกปี',
    nextMonth: 'เดือนถัดไป',
    previousMonth: 'เดือนก่อนหน้า',
    nextYear: 'ปีถัดไป',
    previousYear: 'ปีก่อนหน้า',
    nextDecade: 'สิบปีถัดไป',
    previousDecade: 'สิบปีก่อนหน้า',
  },
  en: {
    monthLevelControl: 'Choose a month',
    yearLevelControl: 'Choose a year',
    nextMonth: 'Next month',
    previousMonth: 'Previous month',
    nextYear: 'Next year',
    previousYear: 'Previous year',
    nextDecade: 'Next ten years',
    previousDecade: 'Previous ten years',
  },
};
