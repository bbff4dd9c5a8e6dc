import { Flag, Name, OneOf, ReadableDateField, StateCode, Text, Whole } from '../http/fields.ts';
import { CommonDto } from '../stockpile/entry.dto.ts';
import {
  bases,
  instrumentKinds,
  meetingKinds,
  submissionKinds,
  type Basis,
  type FactBodies,
} from '../treaty/facts.ts';

const when = (description: string, example = '2003-09-10') =>
  ReadableDateField({ description, example, optional: true });
const whenAlways = (description: string, example: string) =>
  ReadableDateField({ description, example });
const articleField = (description: string, example: string) => Name({ description, example });
const meetingField = () =>
  Name({ description: 'The meeting, by its name or id', example: '12MSP', optional: true });

/** What every fact carries. */
export class FactDto extends CommonDto {
  @Text({ description: 'Where it is known from', example: 'C.N.123.2003', optional: true })
  source?: string;

  @OneOf(bases, { description: 'How sure it is; `read` unless said', optional: true })
  basis?: Basis;
}

export class InstrumentDto extends FactDto {
  @OneOf(instrumentKinds, { description: 'By which act', example: 'accession' })
  kind!: FactBodies['instrument']['kind'];

  @when('When it was signed', '1997-12-03')
  signedOn?: string;

  @when('When it was deposited, at least to the month; not of a signature')
  depositedOn?: string;

  @when('Of successions only: as the depositary gives it; it may precede the deposit', '2007-04-01')
  entryIntoForce?: string;
}

export class WithdrawalDto extends FactDto {
  @Name({
    description: '`withdrawal`; there is no other act',
    example: 'withdrawal',
    optional: true,
  })
  kind?: string;

  @when('When the State notified it', '2025-06-27')
  notifiedOn?: string;

  @when('The day on which the Depositary received it', '2025-06-27')
  receivedOn?: string;

  @when('When it takes effect, as a source gives it, where the receipt is not known', '2025-12-27')
  effectiveOn?: string;

  @Flag({ description: 'Whether the State is in an armed conflict', optional: true })
  armedConflict?: boolean;

  @when('The day on which the armed conflict ended', '2026-03-01')
  conflictEndedOn?: string;
}

export class ExtensionDto extends FactDto {
  @articleField('The article that is extended', '5')
  article!: string;

  @whenAlways('The last day of the extended period', '2018-01-01')
  until!: string;

  @when('When it was decided', '2012-12-07')
  decidedOn?: string;

  @meetingField()
  meeting?: string;

  @Whole(1, 100, {
    description: 'Which extension of this State it is',
    example: 1,
    optional: true,
  })
  ordinal?: number;

  @when('When the source was read, where later extensions may exist', '2018')
  readAsOf?: string;
}

export class CompletionDto extends FactDto {
  @articleField('The article that is completed', '4')
  article!: string;

  @when('When it was completed; left out where only the declaration is known', '2007-10')
  completedOn?: string;

  @when('When it was declared', '2007-11-20')
  declaredOn?: string;

  @meetingField()
  meeting?: string;
}

export class ReportSubmissionDto extends FactDto {
  @OneOf(submissionKinds, { description: 'Which report', example: 'annual' })
  kind!: FactBodies['report-submission']['kind'];

  @whenAlways('What it is about', '2009')
  period!: string;

  @when('When it was submitted', '2010-04-28')
  submittedOn?: string;

  @Flag({ description: 'Whether nothing obliged the State to it', optional: true })
  voluntary?: boolean;
}

export class CoverageDto extends FactDto {
  @articleField('The article of which the record is complete', '7.2')
  article!: string;

  @whenAlways('From when on', '2004-03-01')
  from!: string;

  @whenAlways('Until when', '2010-12-31')
  to!: string;
}

export class BreachDto extends FactDto {
  @articleField('The article that was not met', '4')
  article!: string;

  @when('Of an annual report: the calendar year', '2009')
  period?: string;

  @when('When that was stated', '2019-11-29')
  statedOn?: string;

  @meetingField()
  meeting?: string;
}

export class ObjectionDto extends FactDto {
  @StateCode({ description: 'The State that objects', example: 'NOR' })
  by!: string;

  @when('When it objected', '2025-09-01')
  madeOn?: string;

  @Text({ description: 'What it objects to', example: 'suspension announced 18 July 2025' })
  against!: string;
}

export class MeetingDto extends FactDto {
  @Name({ description: 'The short name by which others name it', example: '12MSP' })
  name!: string;

  @Text({ description: 'Its full name', optional: true })
  title?: string;

  @OneOf(meetingKinds, { description: 'What meets', example: 'meeting-of-states-parties' })
  kind!: FactBodies['meeting']['kind'];

  @whenAlways('When it meets or met', '2025-12-01/2025-12-05')
  dates!: string;

  @Name({ description: 'Where', example: 'Geneva', optional: true })
  place?: string;
}

export class ActionPlanDto extends FactDto {
  @Name({ description: 'Its name', example: 'Oslo Action Plan' })
  name!: string;

  @whenAlways('From when on it is applied', '2019-11-29')
  from!: string;

  @when('Until when', '2024-11-29')
  until?: string;

  @meetingField()
  meeting?: string;

  @Whole(1, 120, {
    description: 'Months within which newly found stock is destroyed, where it names a term',
    example: 6,
    optional: true,
  })
  foundMonths?: number;

  @Name({ description: 'The action that says so', example: '15', optional: true })
  action?: string;
}

export class FactReversalDto extends FactDto {
  @Name({
    description: 'The fact that is turned round',
    example: '6f1c1f3e-6c7e-5b0a-9a55-0d8b7a3c2f10',
  })
  entry!: string;

  @Text({ description: 'Why it was wrong' })
  reason!: string;
}
