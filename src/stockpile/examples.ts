import type { Bodies, Kind } from '../ledger/kinds.ts';

/** One body of each kind, for the API description; the numbers are invented. */
export const examples: { readonly [K in Kind]: Bodies[K] } = {
  inventory: {
    effectiveDate: '2004-03',
    basis: 'declared',
    lines: [{ munition: 'M14', quantity: 6000, lot: '12-84', site: 'Depot North' }],
    reference: 'V-2004-17',
  },
  retention: {
    effectiveDate: '2004-06-30',
    purpose: 'training of deminers',
    lines: [{ munition: 'M14', quantity: 250, toInstitution: 'EOD School' }],
  },
  release: {
    effectiveDate: '2009',
    reason: 'more than the minimum absolutely necessary',
    lines: [{ munition: 'M14', quantity: 100, institution: 'EOD School' }],
  },
  use: {
    effectiveDate: '2008',
    purpose: 'training of dogs',
    lines: [{ munition: 'M14', quantity: 0, used: 240, institution: 'EOD School' }],
  },
  allocation: {
    effectiveDate: '2007-01-15',
    status: 'allocated',
    campaign: '2007 spring',
    lines: [{ munition: 'M14', quantity: 2000, lot: '12-84', site: 'Depot North' }],
  },
  movement: {
    effectiveDate: '2007-02-01',
    account: 'held/allocated',
    lines: [
      {
        munition: 'M14',
        quantity: 2000,
        lot: '12-84',
        site: 'Depot North',
        toSite: 'Range East',
      },
    ],
  },
  destruction: {
    effectiveDate: '2007-02-03/2007-02-09',
    article: '4',
    from: 'held/allocated',
    destructionSite: 'Range East',
    method: 'open detonation',
    certificate: 'C-2007-3',
    lines: [{ munition: 'M14', quantity: 2000, lot: '12-84', site: 'Range East' }],
  },
  loss: {
    effectiveDate: '2007-05-11',
    from: 'held/stockpile',
    cause: 'accident',
    reason: 'fire in building 4',
    lines: [{ munition: 'M14', quantity: 12, site: 'Depot North' }],
  },
  count: {
    effectiveDate: '2007-12-31',
    account: 'held/stockpile',
    method: 'full',
    lines: [{ munition: 'M14', quantity: 3988, lot: '12-84', site: 'Depot North' }],
  },
  transfer: {
    effectiveDate: '2010-04-12',
    from: 'held/stockpile',
    to: 'XXB',
    titlePasses: false,
    purpose: 'destruction',
    shipment: 'XXA-2010-1',
    lines: [{ munition: 'M14', quantity: 1000, lot: '12-84', site: 'Depot North' }],
  },
  receipt: {
    effectiveDate: '2010-04-14',
    sender: 'XXA',
    shipment: 'XXA-2010-1',
    heldAs: 'custody',
    lines: [{ munition: 'M14', quantity: 998, lot: '12-84' }],
  },
  return: {
    effectiveDate: '2010-06-01',
    shipment: 'XXA-2010-1',
    lines: [{ munition: 'M14', quantity: 10, lot: '12-84' }],
  },
  control: {
    effectiveDate: '2014-03',
    from: 'held/stockpile',
    status: 'lost',
    reason: 'the depot lies behind the front',
    lines: [{ munition: 'M14', quantity: 500, lot: '12-84', site: 'Depot North' }],
  },
  reclassification: {
    effectiveDate: '2011',
    from: 'held/stockpile',
    reason: 'identified',
    lines: [{ munition: 'unspecified', quantity: 56, toMunition: 'PMR-2A' }],
  },
  statement: {
    effectiveDate: '2003-12',
    figure: 'retained',
    quantity: 16545,
    source: 'annual report for 2003',
  },
  explanation: {
    effectiveDate: '2008-02-01',
    difference: '6f1c1f3e-6c7e-5b0a-9a55-0d8b7a3c2f10.0',
    account: 'gone/counting-error',
    reason: 'two boxes were entered twice in 2004',
  },
  correction: {
    reason: 'lot read wrongly from the voucher',
    reverse: ['6f1c1f3e-6c7e-5b0a-9a55-0d8b7a3c2f10'],
    replace: [
      {
        kind: 'inventory',
        effectiveDate: '2004-03',
        basis: 'declared',
        lines: [{ munition: 'M14', quantity: 6000, lot: '12-85', site: 'Depot North' }],
      },
    ],
  },
  reversal: { entry: '6f1c1f3e-6c7e-5b0a-9a55-0d8b7a3c2f10', reason: 'posted to the wrong State' },
};
