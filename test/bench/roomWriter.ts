/** Puts a room on the disk of a home that is not running: its owner is the home's person, all others never run. */
import { join } from 'node:path'
import { nodeRandom } from '../../src/node/nodeRandom.ts'
import { openSqliteStore } from '../../src/node/sqliteStore.ts'
import type { ChatHome } from './chatParticipant.ts'
import { exposeHandlers } from './control.ts'
import { openAccount } from './openAccount.ts'
import { absentMember, memberOf, plantRoom, planRoom } from './roomPlan.ts'

const handlers = {
  write: async ({ home, members, messages }: { home: ChatHome; members: number; messages: number }): Promise<void> => {
    const account = await openAccount(home)
    const others = Array.from({ length: members - 1 }, (_, i) => absentMember(nodeRandom, `Member ${i + 1}`))
    const plan = planRoom([memberOf(account), ...others], nodeRandom, Date.now())
    const store = openSqliteStore(join(home.data, 'store.db'))
    plantRoom(store, account.dataKey, plan, nodeRandom, messages)
    store.close()
  },
}

/** The type of both ends of the control channel. */
export type RoomWriterHandlers = typeof handlers

exposeHandlers(handlers)
