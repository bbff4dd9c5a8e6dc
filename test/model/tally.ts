import { allKinds } from './asking/steps.ts';
import { sum, type Command, type Verdict, type Written } from './book/written.ts';

/** What was tried in a run, so that a run can show that it tried everything. */
export type Tally = Map<string, number>;

export function count(tally: Tally, command: Command, verdict: Verdict): void {
  const add = (what: string) => tally.set(what, (tally.get(what) ?? 0) + 1);
  add(`${command.kind} ${verdict.says}`);
  if (verdict.says === 'invalid') add(`${command.kind} refused`);
  if (verdict.says === 'refused') for (const code of new Set(verdict.codes)) add(code);
  if (verdict.says !== 'accepted') return;
  for (const entry of verdict.entries) for (const what of remarkable(entry)) add(what);
}

function remarkable({ command, contradicts, undoes, counting, legs, explains }: Written): string[] {
  const { body } = command;
  const truth = 'explains' in body && body.explains !== undefined;
  const what = {
    'contradicts a count': contradicts.length > 0,
    'reversal of a count': undoes?.counting,
    'complete count': counting?.complete,
    'count that agrees': counting && legs.length === 0,
    'not exact': legs.some(({ exact }) => !exact),
    'moves something': legs.some(({ key }) => sum(legs, key) !== 0),
    [`${command.kind} that explains`]: truth,
    'explains with its real date': truth && body.happenedOn !== undefined,
    'explains a contradicted count': explains.some(({ what }) => what.includes('?')),
    'explains a statement': explains.some(({ what }) => what.endsWith('!')),
    'explains a shipment': explains.some(({ what }) => what.startsWith('shipment:')),
    'sets a shortage against a surplus': explains.length > 1,
    'regains control': command.kind === 'control' && command.body.status === 'regained',
    'gives back what was in custody': command.kind === 'return' && legs.some(isGivenBack),
    'takes back what was sent': command.kind === 'return' && !legs.some(isGivenBack),
    'names the find': command.kind === 'destruction' && command.body.find !== undefined,
    'part of a correction': command.id.includes('m'),
  };
  return Object.entries(what).flatMap(([name, is]) => (is ? [name] : []));
}

const isGivenBack = ({ spot }: { spot: { account: string } }) => spot.account === 'gone/returned';

/** Those that these kinds can meet; what a full book refuses takes more lines than a history has. */
const refusals = [
  ...['insufficient-stock', 'breaks-later-day', 'already-declared', 'no-such-entry'],
  ...['already-reversed', 'reversal-of-reversal', 'count-rested-on', 'shipment-of-another'],
  ...['other-receiver', 'no-such-shipment', 'not-dispatched', 'not-lost', 'no-such-difference'],
  ...['difference-closed', 'more-than-open', 'before-the-difference', 'other-holding'],
];

const rare = [
  ...['contradicts a count', 'reversal of a count', 'complete count', 'count that agrees'],
  ...['not exact', 'destruction that explains', 'loss that explains', 'use that explains'],
  ...['transfer that explains', 'explains with its real date', 'explains a contradicted count'],
  ...['explains a statement', 'explains a shipment', 'sets a shortage against a surplus'],
  ...['regains control', 'gives back what was in custody', 'takes back what was sent'],
  ...['names the find', 'part of a correction'],
];

/** All that a run must have met at least once. */
export const everything: readonly string[] = [
  ...allKinds.flatMap((kind) => [`${kind} accepted`, `${kind} refused`]),
  ...refusals,
  ...rare,
];
