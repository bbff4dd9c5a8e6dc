import { given } from '../treaty/calendar.ts';
import type { StandingFacts } from '../treaty/fact-book.ts';
import type { Membership } from '../treaty/membership.ts';
import type { Obligation } from '../treaty/obligation.ts';
import type { Compliance, Standing } from '../treaty/obligations.ts';
import { basisOf, type Reckoned } from '../treaty/reckoned.ts';

/** Where the figures behind a status are explained: the ledger's own explanation. */
export interface FigureLink {
  readonly state: string;
  readonly effective: string;
  readonly known: string;
}

/** What a State owes, as it is answered; `whole` says why as well. */
export function complianceAnswer(
  { party, current, earlier, coming }: Compliance,
  facts: StandingFacts,
  link: FigureLink,
  whole: boolean,
) {
  const membership = current?.membership ?? coming;
  return {
    party,
    entryIntoForce: membership?.entryIntoForce.day ?? null,
    basis: membership === undefined ? null : basisOf(membership.entryIntoForce.grounds),
    ...(whole && {
      membership: membership === undefined ? null : membershipAnswer(membership),
      withdrawal: membership === undefined ? null : withdrawalAnswer(membership),
      objections: objections(facts, link.effective),
    }),
    obligations: (current?.obligations ?? []).map((o) => obligationAnswer(o, link, whole)),
    ...(whole && { earlier: earlier.map((standing) => earlierAnswer(standing, link)) }),
  };
}

export function obligationAnswer(obligation: Obligation, link: FigureLink, whole: boolean) {
  const { due, because, grounds, ...said } = obligation;
  const { article, period, entry, ...rest } = said;
  return {
    article,
    ...(period !== undefined && { period }),
    ...(entry !== undefined && { entry }),
    due: due.day,
    ...rest,
    basis: basisOf([...due.grounds, ...grounds]),
    ...(whole && {
      explanation: {
        due: reckonedAnswer(due),
        status: { because, grounds, figures: figuresLink(obligation, link) },
      },
    }),
  };
}

/** A date with the way it was reckoned. */
function reckonedAnswer({ day, article, rule, arithmetic, grounds }: Reckoned) {
  return { day, article, rule, arithmetic, basis: basisOf(grounds), grounds };
}

function membershipAnswer({ instrument, entryIntoForce, end }: Membership) {
  const { kind, signedOn = null, depositedOn = null, source = null } = instrument.body;
  return {
    fact: instrument.id,
    instrument: kind,
    signedOn,
    depositedOn,
    source,
    entryIntoForce: reckonedAnswer(entryIntoForce),
    end: end ?? null,
  };
}

function withdrawalAnswer({ withdrawal }: Membership) {
  if (withdrawal === undefined) return null;
  const { id, body } = withdrawal.fact;
  return {
    fact: id,
    notifiedOn: body.notifiedOn ?? null,
    receivedOn: body.receivedOn ?? null,
    armedConflict: body.armedConflict ?? false,
    conflictEndedOn: body.conflictEndedOn ?? null,
    source: body.source ?? null,
    effect: withdrawal.effect === undefined ? null : reckonedAnswer(withdrawal.effect),
  };
}

function objections(facts: StandingFacts, on: string) {
  return facts
    .of('objection')
    .filter(({ body }) => (given(body.madeOn)?.first ?? '') <= on)
    .map(({ id, body: { by, madeOn = null, against, source = null } }) => {
      return { fact: id, by, madeOn, against, source };
    });
}

function earlierAnswer({ membership, obligations }: Standing, link: FigureLink) {
  return {
    membership: membershipAnswer(membership),
    withdrawal: withdrawalAnswer(membership),
    obligations: obligations.map((obligation) => obligationAnswer(obligation, link, true)),
  };
}

function figuresLink(
  { remaining }: Obligation,
  { state, effective, known }: FigureLink,
): string | null {
  if (remaining === undefined) return null;
  const query = new URLSearchParams({ effective, known });
  return `/v1/states/${state}/remaining/explanation?${query.toString()}`;
}
