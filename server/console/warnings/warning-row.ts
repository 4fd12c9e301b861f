import type { AnswerTo } from '../../../firmware-protocol/mqtt/requests.ts';

export type WarningRow = AnswerTo<'alerts'>['alerts'][number];
