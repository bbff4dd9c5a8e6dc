import { strict as assert } from 'node:assert';
import { Service, type Answer, type Asked } from './service.ts';

/** What a State owes, as far as tests look at it by name. */
export interface ObligationAnswer {
  readonly article: string;
  readonly period?: string;
  readonly entry?: string;
  readonly due: string;
  readonly status: string;
  readonly since?: string;
  readonly remaining?: number;
  readonly basis: string;
  readonly completedOn?: string | null;
  readonly declaredOn?: string | null;
  readonly submittedOn?: string | null;
  readonly meeting?: string | null;
  readonly covers?: readonly string[];
  readonly findings: readonly {
    readonly finding: string;
    readonly detail: string;
    readonly quantity?: number;
    readonly entries?: readonly string[];
  }[];
  readonly explanation: {
    readonly due: { readonly article: string; readonly rule: string; readonly arithmetic: string };
    readonly status: { readonly because: string; readonly figures: string | null };
  };
}

export interface StateAnswer {
  readonly state: string;
  readonly party: boolean;
  readonly entryIntoForce: string | null;
  readonly basis: string | null;
  readonly membership: Record<string, unknown> | null;
  readonly withdrawal: Record<string, unknown> | null;
  readonly obligations: readonly ObligationAnswer[];
  readonly earlier: readonly { readonly obligations: readonly ObligationAnswer[] }[];
}

/** Every fact route of a State with a body that it takes of a State that deposited in September 2003. */
export const factBodies = {
  instruments: { kind: 'accession', depositedOn: '2003-09-10', source: 'C.N.123.2003' },
  withdrawals: { notifiedOn: '2025-06-27', receivedOn: '2025-06-27' },
  extensions: { article: '5', until: '2018-01-01', decidedOn: '2012-12-07', meeting: '12MSP' },
  completions: { article: '4', completedOn: '2007-10', declaredOn: '2007-11-20' },
  'report-submissions': { kind: 'annual', period: '2009', submittedOn: '2010-06-02' },
  coverage: { article: '7.2', from: '2004-03-01', to: '2010-12-31' },
  breaches: { article: '4', statedOn: '2019-11-29', meeting: '4RC' },
  objections: { by: 'NOR', madeOn: '2025-09', against: 'a suspension' },
} as const;

export type FactPath = keyof typeof factBodies;

/** Speaks to the service as the secretariat does; nothing that it does here may be refused. */
export class Secretariat {
  readonly service: Service;

  constructor(service: Service) {
    this.service = service;
  }

  /** Posts to `/v1/states/<state>/<path>`, or to `/v1/<path>` for no State; refused or not. */
  ask(state: string | null, path: string, body: object, asked: Asked = {}): Promise<Answer> {
    const base = state === null ? '/v1' : `/v1/states/${state}`;
    return this.service.post(`${base}/${path}`, body, asked);
  }

  /** Records something, and gives its id. */
  async record(state: string | null, path: string, body: object): Promise<string> {
    const answer = await this.ask(state, path, body);
    assert(answer.status === 201, `${state} ${path}: ${answer.text}`);
    return answer.body.entry;
  }

  /** Entry into force 1 March 2004: Article 4 by 1 March 2008, Article 5 by 1 March 2014. */
  instrument(state: string, more: object = {}): Promise<string> {
    return this.record(state, 'instruments', { ...factBodies.instruments, ...more });
  }

  async obligations(state: string, on: string, known?: string): Promise<StateAnswer> {
    const query = known === undefined ? '' : `&known=${known}`;
    const answer = await this.service.get(`/v1/states/${state}/obligations?on=${on}${query}`);
    assert(answer.status === 200, answer.text);
    return answer.body as unknown as StateAnswer;
  }

  /** One obligation of a State on a day; of reports, that about a year. */
  async obligation(
    state: string,
    article: string,
    on: string,
    { known, period }: { known?: string; period?: string } = {},
  ): Promise<ObligationAnswer> {
    const { obligations } = await this.obligations(state, on, known);
    const found = obligations.find((o) => o.article === article && o.period === period);
    assert(found, `${state} has no obligation under ${article} on ${on}`);
    return found;
  }

  /** Status and names of findings, in short: `missed, unverifiable-stock`. */
  async inShort(state: string, article: string, on: string, known?: string): Promise<string> {
    const options = known === undefined ? {} : { known };
    const { status, findings } = await this.obligation(state, article, on, options);
    return [status, ...findings.map(({ finding }) => finding)].join(', ');
  }
}

/** A service with no published facts to speak of: States XXA to XXZ are in none. */
export async function startSecretariat(): Promise<Secretariat> {
  return new Secretariat(await Service.start());
}
