import assert from 'node:assert/strict'
import type { ConversationId } from '../../src/shared/ids.ts'
import type { HeadlessPeer } from '../headless/headlessPeer.ts'
import { readAll, text, textsOf } from '../headless/world.ts'
import { count } from '../record/tally.ts'

/** Each side sends so many messages, told apart by `label`. Resolves when all are acknowledged. */
export async function sendBoth(
  conversation: ConversationId,
  peers: readonly [HeadlessPeer, HeadlessPeer],
  label: string,
  messages: number,
  weight = '',
): Promise<readonly string[]> {
  const sent: string[] = []
  await Promise.all(
    peers.map(async (peer, side) => {
      for (let number = 0; number < messages; number++) {
        const words = `${label} ${side} ${number} ${weight}`
        await peer.request('message/send', { conversation, body: text(words) })
        sent.push(words)
      }
    }),
  )
  return sent
}

/** Waits until both have all of these, and then holds that nobody has anything twice, and both have the same order. */
export async function assertAllArrive(
  conversation: ConversationId,
  peers: readonly [HeadlessPeer, HeadlessPeer],
  sent: readonly string[],
): Promise<void> {
  const wanted = new Set(sent)
  const histories = await Promise.all(
    peers.map((peer) =>
      peer.until('everything that was sent', async () => {
        const texts = textsOf(await readAll(peer, conversation)).filter((words) => wanted.has(words))
        return new Set(texts).size === wanted.size ? texts : undefined
      }),
    ),
  )
  const [first = [], second = []] = histories
  const duplicated = first.length + second.length - 2 * wanted.size
  count({ acknowledged: sent.length, duplicated })
  assert.equal(duplicated, 0, 'shown more than once')
  assert.deepEqual(first, second)
}
