import type { Difference } from '../journal/differences.ts';
import { yearOf } from '../treaty/calendar.ts';
import type { RetainedYear } from '../treaty/stock-record.ts';
import type { Finding, FindingLevel, ReportFindingName } from './finding.ts';
import type { Form, QuantityLine } from './report.ts';
import type { ReportSource } from './source.ts';

/** What the checks look at beside the report itself. */
export interface Checked {
  readonly source: ReportSource;
  readonly forms: readonly Form[];
  readonly differences: readonly Difference[];
  readonly retained: readonly RetainedYear[];
  /** The day it is, at most. */
  readonly today: string;
}

/** Everything that a State should look at before it files, by name and level. */
export function findingsOf(checked: Checked): readonly Finding[] {
  return [
    ...periodFindings(checked),
    ...retainedFindings(checked),
    ...destructionFindings(checked),
    ...differenceFindings(checked),
    ...stockFindings(checked),
  ];
}

function finding(
  name: ReportFindingName,
  level: FindingLevel,
  form: string | null,
  detail: string,
  more: { readonly quantity?: number; readonly entries?: readonly string[]; of?: string } = {},
): Finding {
  const { of, ...rest } = more;
  return {
    id: of === undefined ? name : `${name}:${of}`,
    finding: name,
    level,
    form,
    detail,
    ...rest,
  };
}

function periodFindings({ source, today }: Checked): readonly Finding[] {
  const { period, entryIntoForce } = source;
  const findings: Finding[] = [];
  if (period.last >= today) {
    const detail = `The period ends on ${period.last}: until then its figures go on changing`;
    findings.push(finding('period-not-over', 'error', null, detail));
  }
  if (entryIntoForce === undefined) {
    const detail = 'The Convention is not in force for the State: the report is voluntary';
    findings.push(finding('not-a-party', 'note', null, detail));
    return findings;
  }
  const straddling = source
    .entries('destruction')
    .filter(({ effective: { first, last } }) => first < entryIntoForce && entryIntoForce <= last);
  if (straddling.length > 0) {
    const detail = `${straddling.length} destructions began before the entry into force on ${entryIntoForce} and are counted whole`;
    const entries = straddling.map(({ id }) => id);
    findings.push(finding('straddles-entry-into-force', 'warning', 'G', detail, { entries }));
  }
  return findings;
}

function retainedFindings({ source, forms, retained }: Checked): readonly Finding[] {
  const findings: Finding[] = [];
  const years = retained.filter(
    ({ year }) => year >= yearOf(source.period.first) && year <= yearOf(source.period.last),
  );
  for (const { year, rise, withoutReason, held, accounted } of years) {
    const of = String(year);
    if (withoutReason.length > 0) {
      const detail = `Retained mines became ${rise} more in ${year}, and no reason is given`;
      const more = { quantity: rise, entries: withoutReason, of };
      findings.push(finding('retained-rose-without-reason', 'error', 'D', detail, more));
    }
    if (held > 0 && !accounted) {
      const detail = `${held} were retained through ${year}, and no use is accounted for`;
      const more = { quantity: held, of };
      findings.push(finding('retained-without-account', 'warning', 'D', detail, more));
    }
  }
  const nowhere = linesOf(forms, 'D1').filter(
    ({ institution, quantity }) => institution === null && quantity > 0,
  );
  if (nowhere.length > 0) {
    const quantity = nowhere.reduce((sum, line) => sum + line.quantity, 0);
    const detail = `${quantity} are retained by no institution that is recorded`;
    findings.push(finding('retained-without-institution', 'error', 'D', detail, { quantity }));
  }
  return findings;
}

function destructionFindings({ source }: Checked): readonly Finding[] {
  const destructions = source.entries('destruction').filter(({ body }) => body.article === '4');
  const uncertified = destructions.filter(({ body }) => body.certificate === undefined);
  const lotless = destructions.filter(({ body }) =>
    body.lines.some(({ lot }) => lot === undefined),
  );
  return [
    ...listed('destroyed-without-certificate', 'warning', 'have no certificate', uncertified),
    ...listed('destroyed-without-lot', 'note', 'name no lot for some mines', lotless),
  ];
}

function listed(
  name: ReportFindingName,
  level: FindingLevel,
  what: string,
  entries: readonly { readonly id: string }[],
): readonly Finding[] {
  if (entries.length === 0) return [];
  const detail = `${entries.length} destructions under Article 4 ${what}`;
  return [finding(name, level, 'G', detail, { entries: entries.map(({ id }) => id) })];
}

/** Each open difference is one finding: acknowledged one by one, never as a sum. */
function differenceFindings({ differences }: Checked): readonly Finding[] {
  return differences
    .filter(({ open }) => open > 0)
    .map(({ id, kind, open, expected, counted, openedBy }) => {
      const more = { quantity: open, entries: [openedBy], of: id };
      if (kind === 'shipment') {
        const detail = `The other side of a shipment says otherwise: ${open} differ`;
        return finding('shipment-disagrees', 'warning', 'D', detail, more);
      }
      if (kind === 'statement') {
        const detail = `A figure of ${counted} is stated; the ledger has ${expected}`;
        return finding('stated-otherwise', 'warning', null, detail, more);
      }
      const detail = `A ${kind.replace('-', ' ')} of ${open} is open`;
      return finding('open-differences', 'error', 'B', detail, more);
    });
}

function stockFindings({ source }: Checked): readonly Finding[] {
  const { journal, stateId, at } = source;
  const { accounts, exact } = journal.figures.of(stateId, at);
  const unverifiable =
    (accounts['held/unverifiable'] ?? 0) + (accounts['retained/unverifiable'] ?? 0);
  const findings: Finding[] = [];
  if (unverifiable > 0) {
    const detail = `${unverifiable} of what is reported are out of the State’s control or reach`;
    findings.push(
      finding('unverifiable-stock', 'warning', 'B', detail, { quantity: unverifiable }),
    );
  }
  if (!exact) {
    const detail = 'Some of what remains is known only roughly, until an exact full count';
    findings.push(finding('not-exact', 'note', 'B', detail));
  }
  return findings;
}

function linesOf(forms: readonly Form[], table: string): readonly QuantityLine[] {
  return forms
    .flatMap(({ tables }) => tables)
    .filter(({ id }) => id === table)
    .flatMap(({ lines }) => lines as readonly QuantityLine[]);
}
