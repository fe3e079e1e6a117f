import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { ChatError } from '../../../src/shared/chatError.ts'
import type { Conversation, IdentityState, Message } from '../../../src/shared/service.ts'
import { World } from '../../core/chat/world.ts'
import { fakeStart } from '../../doubles/fakeClock.ts'
import type { SeededRandom } from '../../doubles/seededRandom.ts'
import { count } from '../../record/tally.ts'
import { temporaryDirectory } from '../temporaryDirectory.ts'
import type { FilePerson } from './filePerson.ts'
import { contentOf, takeProfile } from './oldProfiles.ts'
import { readProfile } from './sampleProfile.ts'

/** Longer than it takes to look through a small store. */
const lookedThroughMs = 5 * 60_000

interface Content {
  readonly identity: IdentityState
  readonly conversations: readonly (Conversation & { readonly history: readonly Message[] })[]
}

/**
 * Flips one byte anywhere in the store of a person, round after round, and lets them use it. Either nothing of what they
 * see is other than before, or the damage was noticed: then the store was set aside, and what is shown is a part of what
 * was there, never anything else. Answers in how many rounds it was noticed.
 */
export async function playFlippedBytes(random: SeededRandom, rounds: number, version: string): Promise<number> {
  let noticed = 0
  for (let round = 0; round < rounds; round++) if (await playRound(random, version)) noticed++
  return noticed
}

async function playRound(random: SeededRandom, version: string): Promise<boolean> {
  const { path: directory, dispose } = temporaryDirectory()
  const world = new World(1, { startMs: fakeStart + 60 * 60_000 })
  const person = takeProfile(world, version, 'alice', directory)
  // What an earlier Tincan left unbound is bound from the first opening on.
  await person.start()
  await person.stop()
  const at = flipByte(person.store, random)
  count({ badInputs: 1 })
  try {
    await person.start()
    const isNoticed = await check(world, person, contentOf(version).alice.content as Content, directory)
    await person.stop()
    return isNoticed
  } catch (error) {
    throw new Error(`With byte ${String(at)} of the store flipped`, { cause: error })
  } finally {
    dispose()
  }
}

function flipByte(file: string, random: SeededRandom): number {
  const bytes = readFileSync(file)
  const at = random.below(bytes.length)
  bytes[at] = (bytes[at] ?? 0) ^ (1 + random.below(255))
  writeFileSync(file, bytes)
  return at
}

async function check(world: World, person: FilePerson, before: Content, directory: string): Promise<boolean> {
  // The first look may be what finds it: then it is refused, and the next one is not.
  await readProfile(person).catch(refusedAsDamaged)
  await world.clock.advance(lookedThroughMs)
  const after = (await readProfile(person)) as Content
  const { repair } = await person.request('store/state', {})
  if (repair === undefined) assert.partialDeepStrictEqual(after, before)
  else {
    // The device may be a fresh one, so that no number is given twice; the person never is.
    assert.deepEqual(personOf(after.identity), personOf(before.identity))
    assert.equal(repair.cause, 'damaged')
    assert.ok(existsSync(join(directory, repair.setAside ?? 'nowhere')))
    for (const view of after.conversations) checkPart(view, before)
  }
  await checkWrites(world, person)
  return repair !== undefined
}

function refusedAsDamaged(error: unknown): void {
  if (!(error instanceof ChatError) || error.code !== 'store-damaged') throw error
}

const personOf = (state: IdentityState): object | undefined =>
  state.kind === 'ready' ? { person: state.identity.person, name: state.identity.name } : undefined

/** What is there was there before, in the same order, and only once. */
function checkPart({ id, history }: Content['conversations'][number], before: Content): void {
  const whole = before.conversations.find((one) => one.id === id)
  assert.ok(whole !== undefined, 'a conversation that nobody had')
  let next = 0
  for (const { id: message, body } of history.filter(isFromSomebody)) {
    const place = whole.history.findIndex((one, index) => index >= next && one.id === message)
    assert.ok(place >= 0, 'a message that nobody wrote, or one out of its place')
    const isSame = isDeepStrictEqual(body, whole.history[place]?.body)
    assert.ok(isSame || body.kind === 'unreadable', 'a message with other words')
    next = place + 1
  }
}

const isFromSomebody = ({ body }: Message): boolean => body.kind !== 'notice'

/** What is written afterwards stays, and is there once, also where the writing is the first to meet the damage. */
async function checkWrites(world: World, person: FilePerson): Promise<void> {
  const all = await person.request('conversation/list', {})
  const direct = all.find(({ kind }) => kind === 'direct')
  if (direct === undefined) return
  const { id } = direct
  const text = 'after the damage'
  const send = (): Promise<Pick<Message, 'id'>> =>
    person.request('message/send', { conversation: id, body: { kind: 'text', text } })
  const sent = await send().catch(async (error: unknown) => {
    refusedAsDamaged(error)
    await world.clock.advance(lookedThroughMs)
    return send()
  })
  await person.stop()
  await person.start()
  await world.clock.advance(lookedThroughMs)
  const found = (await person.history(id)).filter(({ body }) => body.kind === 'text' && body.text === text)
  count({ acknowledged: 1, lost: found.length === 0 ? 1 : 0, duplicated: found.length > 1 ? 1 : 0 })
  assert.deepEqual(
    found.map((message) => message.id),
    [sent.id],
  )
}
