import { TOPICS, type TopicName } from './catalogue.ts';
import { type ParamsOf, type ReadTopic as Read, topicsOf } from './topic-form.ts';

/** The parameters of a row: `topicOf('receipt', {zone, device})`. */
export type TopicParams<N extends TopicName> = ParamsOf<typeof TOPICS, N>;

/** A topic of some row, with its parameters. */
export type ReadTopic = Read<TopicName>;

/** Topics of the whole catalogue; see Topics. */
export const { topicOf, filterOf, readTopic } = topicsOf(TOPICS);
