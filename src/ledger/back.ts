import type { StockAccount } from './accounts.ts';
import type { Book } from './book.ts';
import { describeHolding, holding, nameKey, type Holding } from './holding.ts';
import type { BackFindings, Control, Line, Return } from './kinds.ts';
import { originsOf, type Origin } from './origins.ts';
import { unverifiable } from './posting-rules.ts';
import { quantityMax } from './quantity.ts';
import type { Refusal } from './refusals.ts';

type Back = { readonly found: BackFindings } | { readonly refusals: readonly Refusal[] };

/** Where returned mines go: the owner's to the account they left, a custodian's back. */
export function returnedTo({ lines, shipment }: Return, book: Book): Back {
  return partsOf(lines, book, 'not-dispatched', (line) => {
    const sent = (['held/dispatched', 'retained/dispatched'] as const)
      .map((account) => holding(account, line, { shipment }))
      .map((from) => ({ from, origins: originsOf(from, book) }))
      .filter(({ origins }) => origins.length > 0);
    if (sent.length > 0 || book.shipmentOwner(shipment) === book.state) {
      const asked = sent[0]?.from ?? holding('held/dispatched', line, { shipment });
      return { asked, ways: sent };
    }
    const from = holding('custody', line, { shipment });
    const to = holding('gone/returned', line, { shipment });
    return { asked: from, ways: [{ from, origins: [{ to, quantity: quantityMax }] }] };
  });
}

/** Where mines go over which control is regained: to the account in which it was lost. */
export function regainedTo({ lines, from: asked, shipment }: Control, book: Book): Back {
  const named = outOfControl(asked) === asked;
  return partsOf(lines, book, 'not-lost', (line) => {
    const from = holding(outOfControl(asked), line);
    const origins = originsOf(from, book)
      .filter(({ to }) => named || to.account === asked)
      .filter(({ to }) => shipment === undefined || nameKey(to.shipment) === nameKey(shipment));
    return { asked: from, ways: [{ from, origins }] };
  });
}

function outOfControl(asked: StockAccount): StockAccount {
  return asked.endsWith('/unverifiable') ? asked : unverifiable(asked);
}

/** Where a line can be taken from, the first of it first; `asked` is how a refusal names it. */
interface Ways {
  readonly asked: Holding;
  readonly ways: readonly { readonly from: Holding; readonly origins: readonly Origin[] }[];
}

function partsOf(
  lines: readonly Line[],
  book: Book,
  code: 'not-dispatched' | 'not-lost',
  waysOf: (line: Line) => Ways,
): Back {
  const parts: BackFindings['parts'][number][] = [];
  const refusals: Refusal[] = [];
  lines.forEach((line, n) => {
    let left = line.quantity;
    const { asked, ways } = waysOf(line);
    for (const { from, origins } of ways) {
      for (const { to, quantity } of origins) {
        const taken = Math.min(left, quantity);
        if (taken > 0) parts.push({ line: n, from, to, quantity: taken });
        left -= taken;
      }
    }
    if (left === 0) return;
    const out = line.quantity - left;
    const went = code === 'not-lost' ? 'was lost control of' : 'was sent and is not back';
    const detail = `${describeHolding(asked)}: ${out} ${went} as the book of ${book.state} says, not ${line.quantity}`;
    refusals.push({ code, pointer: `/lines/${n}/quantity`, detail, available: out });
  });
  return refusals.length > 0 ? { refusals } : { found: { parts } };
}
