import type { Disposable } from '../../shared/disposable.ts'
import { DisposableStore } from '../../shared/disposable.ts'
import type { IdentityKeeper } from '../identity/identityKeeper.ts'
import type { Transport } from '../ports/transport.ts'
import type { Engine } from './engine.ts'

/** Lets the parts of an engine hear of each other, from the moment it goes online. */
export function connectEngine(engine: Engine, keeper: IdentityKeeper, transport: Transport): Disposable {
  const { conversations, links, people, rooms, sessions, joiner, privacy } = engine
  const wires = new DisposableStore()
  const parts = [
    conversations.onDidEstablish(() => {
      sessions.refresh()
    }),
    links.onDidChange(() => {
      people.reconsider()
    }),
    rooms.onDidChange(() => {
      sessions.refresh()
    }),
    keeper.onDidChange(() => {
      links.readdress()
      sessions.sendProfiles()
      rooms.start()
    }),
    transport.onDidWake(() => {
      joiner.wake()
    }),
    privacy.onDidChange(({ lastSeen }) => {
      sessions.sendPresence(lastSeen)
    }),
  ]
  for (const part of parts) wires.add(part)
  return wires
}
