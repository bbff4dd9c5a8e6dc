import type { TwoTimes } from './asked.ts';

/** Whether a State is a party on a day, and since when the convention is or will be in force. */
export interface PartyOn {
  readonly party: boolean;
  readonly entryIntoForce: string | null;
}

/** Who is bound by the convention, as far as lists of States show it. */
export abstract class Memberships {
  abstract partyOn(state: string, at: TwoTimes): PartyOn;
}
