import { TimePicker } from '@mantine/dates';
import { useLanguage } from '../words/language.ts';

interface Props {
  label: string;
  /** `06:30`. */
  value: string;
  /** Whole times alone: a half-typed one is not told. */
  onChange: (time: string) => void;
  onBlur?: () => void;
  disabled?: boolean;
}

const PARTS = { th: ['ชั่วโมง', 'นาที'], en: ['hours', 'minutes'] } as const;

/** A time of the day in 24 hours, whatever the browser's own language would make of it. */
export function TimeOfDayInput({ label, value, onChange, onBlur, disabled }: Props) {
  const [hours, minutes] = PARTS[useLanguage()];
  return (
    <TimePicker
      label={label}
      format="24h"
      w={118}
      value={value}
      hoursInputLabel={`${label}: ${hours}`}
      minutesInputLabel={`${label}: ${minutes}`}
      onChange={(time) => time !== '' && onChange(time.slice(0, 5))}
      {...(onBlur && { onBlur })}
      {...(disabled !== undefined && { disabled })}
    />
  );
}
