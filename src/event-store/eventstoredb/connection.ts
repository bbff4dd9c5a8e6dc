/** Where a cluster is and which of its streams are this ledger's, as read from `esdb://…`. */
export interface Connection {
  /** What the client is given: the connection string without the ledger's name. */
  readonly clientString: string;
  readonly credentials: { readonly username: string; readonly password: string };
  /** What every stream of the ledger begins with on the server; several ledgers can share one. */
  readonly prefix: string;
  /** For messages: the hosts and the ledger, without user and password. */
  readonly shown: string;
}

/** The connection string is wrong; the message says how, and never quotes it. */
export class WrongConnection extends Error {
  override readonly name = 'WrongConnection';
}

const form = 'esdb://user:password@host:port,host:port/ledger?tls=true';

/** Options that the client knows and that can't undo what the adapter relies on. */
const options = [
  ...['tls', 'tlscafile', 'usercertfile', 'userkeyfile', 'connectionname'],
  ...['maxdiscoverattempts', 'discoveryinterval', 'gossiptimeout', 'nodepreference'],
  ...['keepaliveinterval', 'keepalivetimeout'],
];

const pattern =
  /^(?<scheme>esdb(?:\+discover)?):\/\/(?:(?<user>[^:@/?]+):(?<password>[^@/?]+)@)?(?<hosts>[^@/?]+)(?:\/(?<ledger>[^/?]*))?(?:\?(?<query>.*))?$/;

/** Reads a connection string. @throws WrongConnection */
export function readConnection(text: string): Connection {
  const parts = pattern.exec(text)?.groups;
  if (parts === undefined) throw new WrongConnection(`write ${form}`);
  const { scheme, user, password, hosts = '', ledger = '', query = '' } = parts;
  // What stands at the wrong place may be a part of the password: it is never quoted.
  if (!hosts.split(',').every(isHost)) throw new WrongConnection(`write its hosts as in ${form}`);
  if (!/^([a-z][a-z0-9_]{0,30})?$/.test(ledger)) {
    throw new WrongConnection('write the name of the ledger in small letters, digits and _');
  }
  const isOpen = checkOptions(query);
  if (!isOpen && user === undefined) {
    throw new WrongConnection('with TLS it needs user:password@ before the host');
  }
  const name = ledger || 'ledger';
  const login = user === undefined ? '' : `${user}:${password}@`;
  return {
    clientString: `${scheme}://${login}${hosts}${query && `?${query}`}`,
    credentials: { username: decode(user ?? 'none'), password: decode(password ?? 'none') },
    prefix: `${name}.`,
    shown: `${hosts}/${name}`,
  };
}

function isHost(host: string): boolean {
  const [, name = '', port = '2113'] = /^([A-Za-z0-9_.-]+)(?::(\d{1,5}))?$/.exec(host) ?? [];
  return name !== '' && Number(port) > 0 && Number(port) <= 65_535;
}

/** Whether the connection is without TLS. @throws WrongConnection */
function checkOptions(query: string): boolean {
  let isOpen = false;
  for (const pair of query === '' ? [] : query.split('&')) {
    const [key = '', value = ''] = pair.split('=');
    const name = key.toLowerCase().replace(/[_-]/g, '');
    if (!options.includes(name)) {
      throw new WrongConnection(`it has an unknown option; there are ${options.join(', ')}`);
    }
    if (value === '') throw new WrongConnection(`its option ${name} has no value`);
    if (name === 'nodepreference' && value.toLowerCase() !== 'leader') {
      throw new WrongConnection(
        'its nodePreference must be leader: others may not know the newest',
      );
    }
    if (name === 'tls' && value !== 'true' && value !== 'false') {
      throw new WrongConnection('its tls must be true or false');
    }
    if (name === 'tls') isOpen = value === 'false';
  }
  return isOpen;
}

/** @throws WrongConnection */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new WrongConnection('its user and password must be percent-encoded');
  }
}
