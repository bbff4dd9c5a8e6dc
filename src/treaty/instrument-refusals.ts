import type { TreatyRecord } from './admission.ts';
import { given } from './calendar.ts';
import type { AskedFact, Fact } from './facts.ts';
import { depositOf, isBinding, membershipsOf, type Membership } from './membership.ts';
import type { FactRefusal } from './refusals.ts';
import { startOf } from './withdrawal.ts';

type Asked<K extends AskedFact['kind']> = Extract<AskedFact, { kind: K }>;

/** An instrument can't come before the convention was opened, nor where another still binds. */
export function instrumentRefusals(
  asked: Asked<'instrument'>,
  { law, facts }: TreatyRecord,
): readonly FactRefusal[] {
  const { kind, signedOn, depositedOn } = asked.body;
  const { opening } = law;
  const refusals: FactRefusal[] = [];
  for (const [field, text] of Object.entries({ signedOn, depositedOn })) {
    const day = given(text)?.last;
    if (day === undefined || day >= opening.on) continue;
    const detail = `${text} is before the Convention was opened for signature on ${opening.on}`;
    const rule = `Article ${opening.article}`;
    refusals.push({ pointer: `/${field}`, code: 'before-opening', detail, rule });
  }
  if (kind === 'signature') {
    const signed = facts.of('instrument').find(({ body }) => body.signedOn !== undefined);
    if (signed !== undefined) refusals.push(second('/kind', 'is signed already', [signed.id]));
    return refusals;
  }
  const fact = asked as unknown as Fact<'instrument'>;
  const deposit = depositOf(fact);
  const binding = membershipsOf(facts, law).find((membership) => binds(membership, deposit));
  if (binding !== undefined) {
    const { body, id } = binding.instrument;
    const until = binding.end === undefined ? '' : ` until ${binding.end}`;
    const detail =
      `is bound by its ${body.kind} of ${body.depositedOn}${until}; ` +
      'another instrument is taken only after a withdrawal took effect';
    refusals.push(second('/depositedOn', detail, [id]));
  }
  return refusals;
}

/** Whether an instrument still binds on the day of another's deposit, or was deposited after it. */
function binds({ instrument, end }: Membership, deposit: string): boolean {
  if (depositOf(instrument) > deposit) return true;
  return end === undefined || end > deposit;
}

function second(pointer: string, detail: string, facts: readonly string[]): FactRefusal {
  return { pointer, code: 'second-instrument', detail: `The State ${detail}`, facts };
}

/** A withdrawal needs an instrument to withdraw from, and there is one for each. */
export function withdrawalRefusals(
  asked: Asked<'withdrawal'>,
  { law, facts }: TreatyRecord,
): readonly FactRefusal[] {
  const { kind } = asked.body;
  const rule = `Article ${law.withdrawal.article}`;
  if (kind !== undefined && kind !== 'withdrawal') {
    const known = Object.hasOwn(law.noSuchActs, kind) ? law.noSuchActs[kind] : undefined;
    const why = known ?? `The Convention knows no ${kind}; a State may withdraw`;
    return [{ pointer: '/kind', code: 'no-such-act', detail: why, rule }];
  }
  const day = startOf(asked);
  const bound = membershipsOf(facts, law).findLast(
    ({ instrument }) => isBinding(instrument) && depositOf(instrument) <= day,
  );
  if (bound === undefined) {
    const detail = `No instrument of this State is recorded that was deposited by ${day}`;
    return [{ pointer: '', code: 'no-instrument', detail, rule }];
  }
  const { withdrawal } = bound;
  if (withdrawal === undefined || isSameWithdrawal(asked, withdrawal.fact)) return [];
  const detail =
    'A withdrawal is recorded already; to say that an armed conflict ended, repeat its receivedOn';
  return [{ pointer: '', code: 'second-withdrawal', detail, rule, facts: [withdrawal.fact.id] }];
}

/** A withdrawal that is held back is recorded again when the conflict has ended. */
function isSameWithdrawal(asked: Asked<'withdrawal'>, { body }: Fact<'withdrawal'>): boolean {
  const { receivedOn, notifiedOn } = asked.body;
  const isOpen =
    body.receivedOn === undefined ||
    (body.armedConflict === true && body.conflictEndedOn === undefined);
  const same =
    body.receivedOn === undefined
      ? body.notifiedOn === undefined || body.notifiedOn === notifiedOn
      : body.receivedOn === receivedOn;
  return isOpen && same && receivedOn !== undefined;
}
