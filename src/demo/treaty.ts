import type { Client } from '../cli/client.ts';
import type { MembershipAnswer, ObligationsPage, StateObligations } from '../cli/treaty-answers.ts';
import type { History, Owed, PublishedMembership } from './history.ts';

/** One State's obligations beside what is certain of them. */
export interface OwedResult {
  readonly state: string;
  readonly answer: StateObligations;
  readonly asExpected: boolean;
}

/** All States on a day. */
export interface Overview {
  readonly page: ObligationsPage;
  readonly membership: MembershipAnswer;
}

export interface MembershipResult extends PublishedMembership {
  readonly ledger: number;
}

/** What the demo found about the treaty. */
export interface TreatyResult {
  readonly states: readonly OwedResult[];
  readonly memberships: readonly MembershipResult[];
  /** On the day of the resolution, and today. */
  readonly overviews: readonly Overview[];
  readonly asExpected: boolean;
}

/** The day on which the General Assembly adopted resolution 67/32. */
export const resolutionDay = '2012-12-03';

/** Asks what the States of the histories owed, and how all States stood. */
export async function askTreaty(
  client: Client,
  histories: readonly Pick<History, 'state' | 'obligations'>[],
  published: readonly PublishedMembership[],
): Promise<TreatyResult> {
  const states: OwedResult[] = [];
  for (const { state, obligations } of histories) {
    const { on } = obligations;
    const answer = await client.get<StateObligations>(`/v1/states/${state}/obligations`, { on });
    states.push({ state, answer, asExpected: isAsCertain(answer, obligations) });
  }
  const memberships: MembershipResult[] = [];
  for (const said of published) {
    const ledger = (await membershipOn(client, said.on))[said.figure];
    memberships.push({ ...said, ledger });
  }
  const overviews = [await overviewOn(client, resolutionDay), await overviewOn(client)];
  const asExpected =
    states.every((state) => state.asExpected) &&
    memberships.every(({ ledger, published: count }) => ledger === count);
  return { states, memberships, overviews, asExpected };
}

/** Whether every obligation that is certain is there, due on its day and with its status. */
function isAsCertain({ obligations }: StateObligations, { certain }: Owed): boolean {
  return certain.every(({ article, due, status }) =>
    obligations.some((one) => one.article === article && one.due === due && one.status === status),
  );
}

async function overviewOn(client: Client, on?: string): Promise<Overview> {
  const page = (await client.list('/v1/obligations', { on }, 1_000)) as ObligationsPage;
  return { page, membership: await membershipOn(client, on) };
}

function membershipOn(client: Client, on: string | undefined): Promise<MembershipAnswer> {
  return client.get<MembershipAnswer>('/v1/membership', { on });
}
