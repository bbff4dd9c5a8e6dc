/** Dates that were published about States, with where: nothing that the rules give was copied here. */
type Row = readonly [state: string, day: string, source: string];

const depositary = 'verdragenbank.overheid.nl 008170_p';

/** The Convention enters into force for them. */
export const entriesIntoForce: readonly Row[] = [
  ['AFG', '2003-03-01', depositary],
  ['ALB', '2000-08-01', depositary],
  ['AUS', '1999-07-01', depositary],
  ['BEL', '1999-03-01', depositary],
  ['BLZ', '1999-03-01', depositary],
  ['BTN', '2006-02-01', depositary],
  ['BWA', '2000-09-01', depositary],
  ['BRA', '1999-10-01', depositary],
  ['CAN', '1999-03-01', depositary],
  ['COG', '2001-11-01', depositary],
  ['FRA', '1999-03-01', 'apminebanconvention.org France'],
  ['JPN', '1999-03-01', 'Landmine Monitor 2003 Japan'],
  ['MHL', '2025-09-01', 'icblcmc.org 13 Mar 2025'],
  ['MOZ', '1999-03-01', 'Landmine Monitor 2008 Mozambique'],
  ['LKA', '2018-06-01', 'nmac.procons.lk'],
  ['THA', '1999-05-01', 'Landmine Monitor 2005 Thailand'],
  ['TUN', '2000-01-01', 'apminebanconvention.org Tunisia'],
  ['TUR', '2004-03-01', 'Landmine Monitor 2005 Turkey'],
  ['FIN', '2012-07-01', 'Monitor profile of Finland, 2014'],
  ['TON', '2025-12-01', 'icblcmc.org 25 June 2025'],
];

/**
 * Initial reports are due. Of twenty published days that were compared with the rule, eighteen agree
 * and two do not: for Tunisia one source has 28 June 2000, the day before (2000 was a leap year, and
 * 180 days from 1 January end on 29 June); the other is of another convention, and does not fit the
 * date of deposit that stands beside it. Neither is a reason to count otherwise.
 */
export const initialReports: readonly Row[] = [
  ['ETH', '2005-11-28', 'HRW fact sheet June 2008 (docslib 10390346)'],
  ['TUV', '2012-08-28', 'jrsap.org Article 7 fact sheet 18 Jun 2015'],
  [
    'OMN',
    '2015-07-31',
    'jrsap.org Article 7 fact sheet 18 Jun 2015 (EIF itself derived from this)',
  ],
  ['BRA', '2000-03-29', 'Landmine Monitor 2000 Brazil'],
  ['SMR', '1999-08-28', 'Landmine Monitor 2004 San Marino'],
];

/** Stockpiles were to be destroyed by then. */
export const stockpileDeadlines: readonly Row[] = [
  ['BLR', '2008-03-01', 'icbl.org 5 April 2017'],
  ['GRC', '2008-03-01', 'totalwonkerr.net 9 April 2020'],
  ['TUR', '2008-03-01', 'Landmine Monitor 2008'],
  ['UKR', '2010-06-01', 'totalwonkerr.net 9 April 2020'],
];

/** Mined areas were to be cleared by then, of States that never asked for more when it was read. */
export const clearanceDeadlines: readonly Row[] = [
  ['BGR', '2009-03-01', 'as read in 2000'],
  ['FRA', '2009-03-01', 'as read in 2008'],
  ['TUN', '2010-01-01', 'as read in 2009'],
  ['UKR', '2016-06-01', 'as read in 2017-12'],
  ['ZMB', '2011-08-01', 'as read in 2009'],
];
