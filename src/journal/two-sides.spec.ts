import { describe, expect, it } from '@jest/globals';
import { declared, m14 } from '../../test/support/book.ts';
import { TestLog } from '../../test/support/log.ts';
import type { Bodies } from '../ledger/kinds.ts';

const on = '2026-01-01';

const sent = (more: Partial<Bodies['transfer']> = {}): Bodies['transfer'] => ({
  effectiveDate: '2006',
  from: 'held/stockpile',
  to: 'XXB',
  titlePasses: false,
  purpose: 'destruction',
  shipment: 'S-1',
  lines: m14(10),
  ...more,
});

const received = (quantity: number, more: Partial<Bodies['receipt']> = {}): Bodies['receipt'] => ({
  effectiveDate: '2007',
  sender: 'XXA',
  shipment: 'S-1',
  heldAs: 'custody',
  lines: m14(quantity),
  ...more,
});

function ledger(): TestLog {
  const log = new TestLog();
  for (const state of ['XXA', 'XXC']) log.post(state, 'inventory', declared('2004', 100));
  return log;
}

const reason = 'written down wrongly';

describe('A shipment in two books', () => {
  it('is on its way again when its only receipt is reversed', () => {
    const log = ledger();
    log.post('XXA', 'transfer', sent());
    const entry = log.post('XXB', 'receipt', received(8));
    expect(log.shipment('S-1', on)?.status).toBe('disagrees');
    log.post('XXB', 'reversal', { entry, reason });
    expect(log.shipment('S-1', on)).toMatchObject({
      status: 'in-transit',
      lines: [{ dispatched: 10, received: 0 }],
    });
  });

  it('was never sent when its only dispatch is reversed, though somebody received it', () => {
    const log = ledger();
    const entry = log.post('XXA', 'transfer', sent());
    log.post('XXB', 'receipt', received(8));
    log.post('XXA', 'reversal', { entry, reason });
    expect(log.shipment('S-1', on)).toMatchObject({ status: 'no-dispatch', receiver: 'XXB' });
  });

  it('is received by the State that it was sent to in the end, when the first was a slip', () => {
    const log = ledger();
    const entry = log.post('XXA', 'transfer', sent({ to: 'XXC' }));
    const replace = [{ kind: 'transfer' as const, ...sent() }];
    log.post('XXA', 'correction', { reason, reverse: [entry], replace });
    log.post('XXB', 'receipt', received(10));
    expect(log.shipment('S-1', on)).toMatchObject({
      receiver: 'XXB',
      status: 'agreed',
      lines: [{ dispatched: 10, received: 10 }],
    });
    expect(log.differences('XXB', on)).toEqual([]);
  });

  it('is listed from the first day on that a book says something of it, whenever that was recorded', () => {
    const log = ledger();
    log.post('XXA', 'transfer', sent());
    log.post('XXB', 'receipt', received(8));
    const early = log.post('XXB', 'receipt', received(1, { effectiveDate: '2006' }));
    expect(log.differences('XXB', '2006-12-31')).toMatchObject([
      { kind: 'shipment', openedBy: early, day: '2006-12-31', expected: 10, counted: 1 },
    ]);
    expect(log.differences('XXB', '2006-12-30')).toEqual([]);
  });

  it('is explained by its two sides, and not by a third State', () => {
    const log = ledger();
    log.post('XXA', 'transfer', sent());
    log.post('XXB', 'receipt', received(8));
    log.post('XXC', 'receipt', received(1));
    log.post('XXC', 'explanation', { effectiveDate: '2008', shipment: 'S-1', reason: 'ours' });
    expect(log.differences('XXA', on)).toMatchObject([{ open: 2, explainedBy: [] }]);
    const by = log.post('XXA', 'explanation', { effectiveDate: '2008', shipment: 's-1', reason });
    expect(log.differences('XXA', on)).toMatchObject([{ open: 0, explainedBy: [by] }]);
  });
});
