import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { bindAnswers } from './answer-size.ts';
import { builder } from './builder.ts';
import './types/query.ts';
import './types/track-records.ts';
import './mutations/record-agreement.ts';
import './mutations/record-instrument.ts';
import './mutations/report-claim.ts';
import './mutations/assess-claim.ts';
import './mutations/resolve-claim.ts';
import './mutations/correct-record.ts';
import './mutations/retract-record.ts';
import './mutations/resolve-conflict.ts';
import './mutations/state-coverage.ts';
import './mutations/tag-point.ts';
import './subscriptions/changes.ts';

builder.mutationType({});

/** The whole of what can be asked, written and followed. */
export const schema: GraphQLSchema = bindAnswers(builder.toSchema());

/** The schema as it is committed in `schema.graphql`: sorted, so that a difference is a change. */
export const printedSchema = (): string => `${printSchema(lexicographicSortSchema(schema))}\n`;
