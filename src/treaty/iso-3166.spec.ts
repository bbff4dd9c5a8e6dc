import { describe, expect, it } from '@jest/globals';
import { CURRENT, WITHDRAWN } from './iso-3166.data.ts';
import { isCurrentState, stateCodes, stateName } from './iso-3166.ts';

const DEPOSITED = `
  AFG ALB DZA AND AGO ATG ARG AUS AUT BHS BGD BRB BLR BEL BLZ BEN BTN BOL BIH BWA BRA BRN
  BGR BFA BDI CPV KHM CMR CAN CAF TCD CHL COL COM COG COK CRI HRV CYP CZE CIV COD DNK DJI
  DMA DOM ECU SLV GNQ ERI EST SWZ ETH FJI FIN FRA GAB GMB DEU GHA GRC GRD GTM GIN GNB GUY
  HTI VAT HND HUN ISL IDN IRQ IRL ITA JAM JPN JOR KEN KIR KWT LVA LSO LBR LIE LTU LUX MDG
  MWI MYS MDV MLI MLT MHL MRT MUS MEX MCO MNE MOZ NAM NRU NLD NZL NIC NER NGA NIU MKD NOR
  OMN PLW PAN PNG PRY PER PHL POL PRT QAT MDA ROU RWA KNA LCA VCT WSM SMR STP SEN SRB SYC
  SLE SVK SVN SLB SOM ZAF SSD ESP LKA PSE SDN SUR SWE CHE TJK THA TLS TGO TON TTO TUN TKM
  TUV TUR UGA UKR GBR TZA URY VUT VEN YEM ZMB ZWE
`;

describe('State codes', () => {
  const deposited = DEPOSITED.trim().split(/\s+/);

  it('name every State that has deposited an instrument', () => {
    expect(deposited).toHaveLength(166);
    expect(deposited.filter((code) => stateName(code) === undefined)).toEqual([]);
  });

  it('are the 249 current ones, the withdrawn ones and 26 for exercises', () => {
    expect(Object.keys(CURRENT)).toHaveLength(249);
    expect(stateCodes()).toHaveLength(249 + Object.keys(WITHDRAWN).length + 26);
    expect(stateCodes()).toEqual([...stateCodes()].sort());
    expect(stateCodes().every((code) => /^[A-Z]{3}$/.test(code))).toBe(true);
  });

  it('tell the States of today from those that were and those for exercises', () => {
    expect(['TUR', 'ZAR', 'XXA', 'constructor'].map(isCurrentState)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('give the names the United Nations uses', () => {
    expect(stateName('TUR')).toBe('Türkiye');
    expect(stateName('ZAR')).toBe('Zaire');
    expect(stateName('SUN')).toBe('Union of Soviet Socialist Republics');
    expect(stateName('XXA')).toBe('Exercise State A');
    expect(stateName('XXZ')).toBe('Exercise State Z');
  });

  it.each(['EU ', 'EU', 'xxa', 'XKX', 'ZZZ', '', 'AGO ', 'constructor', '__proto__'])(
    'do not know %j',
    (code) => {
      expect(stateName(code)).toBeUndefined();
    },
  );
});
