import type * as vscode from 'vscode'
import type { Role } from '../../shared/rooms.ts'

type L10n = Pick<typeof vscode.l10n, 't'>

/** A role as a label. */
export function roleName(role: Role, l10n: L10n): string {
  switch (role) {
    case 'owner':
      return l10n.t('Owner')
    case 'admin':
      return l10n.t('Admin')
    case 'member':
      return l10n.t('Member')
    case 'read-only':
      return l10n.t('Read-only')
  }
}

/** What a role allows, in a sentence. */
export function roleDetail(role: Role, l10n: L10n): string {
  switch (role) {
    case 'owner':
      return l10n.t('Can do everything: hand the room over, dissolve it, and change every role.')
    case 'admin':
      return l10n.t('Can rename the room, pin, invite, remove people, and change the roles of those who rank below.')
    case 'member':
      return l10n.t('Can read and write, and invite where the room lets everybody invite.')
    case 'read-only':
      return l10n.t('Can read, and not write.')
  }
}

/** The product icon of a role. */
export const roleIcons: Readonly<Record<Role, string>> = {
  owner: 'star-full',
  admin: 'shield',
  member: 'account',
  'read-only': 'eye',
}
