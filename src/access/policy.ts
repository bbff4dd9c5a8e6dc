/** What a key can be made for. */
export const roles = ['authority', 'auditor', 'reporting', 'secretariat', 'administrator'] as const;
export type Role = (typeof roles)[number];

/** What a route asks of whoever calls it. */
export type Permission =
  | 'read'
  /** Reading a list that shows each caller only the States that are theirs. */
  | 'read-some'
  | 'record'
  /** Recording facts of the treaty: instruments, extensions, meetings, completions. */
  | 'record-facts'
  /** Turning round what was recorded; of whom it is decides who may. */
  | 'reverse'
  /** Describing types of munition in the catalogue that all States share. */
  | 'describe-munitions'
  | 'read-keys'
  | 'manage-keys';

/** Who may do what. Nothing that is not here is allowed. */
const policy: Readonly<Record<Role, readonly Permission[]>> = {
  authority: ['read', 'read-some', 'record', 'reverse'],
  auditor: ['read', 'read-some', 'read-keys'],
  reporting: ['read', 'read-some'],
  secretariat: ['read', 'read-some', 'record-facts', 'reverse', 'describe-munitions'],
  administrator: [
    'read',
    'read-some',
    'record',
    'record-facts',
    'reverse',
    'describe-munitions',
    'read-keys',
    'manage-keys',
  ],
};

/** Who calls: what their key allows, and for which States. */
export interface Principal {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly states: 'all' | readonly string[];
}

/** Whether someone may do this for a State; `undefined` stands for all States together. */
export function may(principal: Principal, permission: Permission, state?: string): boolean {
  if (!policy[principal.role].includes(permission)) return false;
  if (permission === 'read-some') return true;
  return principal.states === 'all' || (state !== undefined && principal.states.includes(state));
}
