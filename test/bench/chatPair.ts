import { randomBytes } from 'node:crypto'
import type { ConversationId } from '../../src/shared/ids.ts'
import type { ChatHandlers, ChatHome } from './chatParticipant.ts'
import type { BenchContext } from './context.ts'
import type { Participant } from './control.ts'

export type ChatParticipant = Participant<ChatHandlers>

/** Two people who are contacts, each in a process of their own. */
export interface ChatPair {
  readonly homes: { readonly ada: ChatHome; readonly bob: ChatHome }
  readonly ada: ChatParticipant
  readonly bob: ChatParticipant
  readonly conversation: ConversationId
}

/** A home with nothing in it yet. */
export async function newHome(bench: BenchContext): Promise<ChatHome> {
  return { data: await bench.directory(), key: randomBytes(32), bootstrap: bench.bootstrap }
}

/** A process on a home. */
export async function openChat(bench: BenchContext, home: ChatHome): Promise<ChatParticipant> {
  const participant = bench.start<ChatHandlers>('chatParticipant')
  await participant.call('open', home)
  return participant
}

/** Makes two people contacts; they are linked afterwards. */
export async function openPair(bench: BenchContext): Promise<ChatPair> {
  const homes = { ada: await newHome(bench), bob: await newHome(bench) }
  const [ada, bob] = await Promise.all([openChat(bench, homes.ada), openChat(bench, homes.bob)])
  await Promise.all([ada.call('create', { name: 'Ada' }), bob.call('create', { name: 'Bob' })])
  await bob.call('join', { link: await ada.call('invite', undefined) })
  const [{ conversation }] = await Promise.all([ada.call('untilOnline', undefined), bob.call('untilOnline', undefined)])
  return { homes, ada, bob, conversation }
}
