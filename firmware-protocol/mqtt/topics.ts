import { TOPICS, type TopicName } from './catalogue.ts';
import { type ParamsOf, topicsOf } from './topic-form.ts';

/** The parameters of a row: `topicOf('receipt', {zone, device})`. */
export type TopicParams<N extends TopicName> = ParamsOf<typeof TOPICS, N>;

/** Topics of the whole catalogue; see Topics. */
export const { topicOf, filterOf, readTopic } = topicsOf(TOPICS);
