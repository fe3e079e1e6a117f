import assert from 'node:assert/strict'
import type { ConversationId, MessageId } from '../../../src/shared/ids.ts'
import type { Message } from '../../../src/shared/service.ts'
import type { SimulatedPerson } from '../chat/simulatedPerson.ts'
import { World } from '../chat/world.ts'
import { count } from '../../record/tally.ts'
import { Model } from './model.ts'
import { people, readProgram, type Friend, type Step, type Who } from './program.ts'

type Cast = Readonly<Record<Who, SimulatedPerson>>
type Rooms = Readonly<Record<Friend, ConversationId>>
const friends = ['bob', 'carol'] as const

/**
 * Plays a program on the real core over a network in memory: three people, two conversations, everything that goes wrong
 * around them. Then all is put right, and what everybody has is held against the model. Throws where they differ.
 */
export async function playProgram(seed: number, bytes: Uint8Array): Promise<void> {
  const world = new World(seed)
  const cast = {
    alice: await world.person('Alice'),
    bob: await world.person('Bob'),
    carol: await world.person('Carol'),
  }
  const rooms = { bob: await world.befriend(cast.alice, cast.bob), carol: await world.befriend(cast.alice, cast.carol) }
  const game = new Game(world, cast, rooms)
  for (const step of readProgram(bytes)) await game.play(step)
  await game.putRight()
  await game.judge()
}

class Game {
  readonly #world: World
  readonly #cast: Cast
  readonly #rooms: Rooms
  readonly #model = new Model()
  #faults = 0
  /** A message came again on another connection, as if its other end had said it: what is held there may be told wrongly. */
  #isMisled = false

  constructor(world: World, cast: Cast, rooms: Rooms) {
    this.#world = world
    this.#cast = cast
    this.#rooms = rooms
  }

  async play(step: Step): Promise<void> {
    const { network, clock } = this.#world
    if (!['send', 'wait', 'read'].includes(step.type)) this.#faults++
    switch (step.type) {
      case 'send':
        return this.#send(step)
      case 'wait':
        return clock.advance(step.ms)
      case 'read':
        return this.#read(step)
      case 'cut':
      case 'separate':
      case 'rejoin':
        network[step.type](this.#cast.alice.transport, this.#cast[step.friend].transport)
        return
      case 'lose':
        network.lose(this.#cast[step.who].transport)
        return
      case 'unplug':
      case 'plug':
        this.#cast[step.who].transport.setOffline(step.type === 'unplug')
        return
      case 'suspend':
      case 'resume':
        return this.#cast[step.who].isCrashed ? undefined : this.#cast[step.who].transport[step.type]()
      case 'restart':
      case 'crash':
        return this.#restart(this.#cast[step.who], step.type === 'crash')
      case 'cutPower':
        return this.#cutPower(step.who)
      case 'crashAtCommit':
        this.#cast[step.who].crashAfterCommits(step.commits)
        return
      case 'failCommit':
        this.#cast[step.who].disk.commitsUntilFailure = step.commits - 1
        return
      case 'setClock':
        this.#cast[step.who].skewMs += step.byMs
        return
      case 'fillDisk':
        this.#cast[step.who].disk.isFull = step.isFull
        return
      case 'meddle':
        this.#isMisled ||= step.mishap === 'replay'
        network.meddler.kind = step.mishap
        network.meddler.share = step.share
    }
  }

  /** Ends everything that goes wrong, and gives everybody time. */
  async putRight(): Promise<void> {
    const { network, clock } = this.#world
    this.#faults += network.meddler.happened
    network.meddler.kind = 'none'
    network.heal()
    for (const who of people) {
      const person = this.#cast[who]
      person.disk.isFull = false
      person.disk.commitsUntilFailure = undefined
      person.stores.onCommit = () => undefined
      person.transport.setOffline(false)
      if (!person.isCrashed) await person.transport.resume()
    }
    for (const who of people) if (this.#cast[who].isCrashed) await this.#cast[who].start()
    // What was changed on its way may have left a link waiting for what never comes.
    for (const friend of friends) network.cut(this.#cast.alice.transport, this.#cast[friend].transport)
    await clock.advance(1_000)
    for (const who of people) await this.#world.settled(this.#cast[who].chat.request('network/retry', {}))
    for (const friend of friends) await this.#world.linked(this.#cast.alice, this.#cast[friend], 20 * 60_000)
    await clock.advance(60_000)
  }

  async judge(): Promise<void> {
    let [lost, duplicated] = [0, 0]
    const problems: string[] = []
    for (const friend of friends) {
      const sides = ['alice', friend] as const
      const orders: string[] = []
      for (const side of sides) {
        const written = await this.#written(side, friend)
        orders.push(written.map(({ id }) => id).join())
        for (const author of sides) {
          const { person } = await this.#cast[author].identity()
          const texts = written.flatMap((message) => (message.author === person ? textOf(message) : []))
          const verdict = this.#model.judge(author, friend, texts)
          lost += verdict.lost.length
          duplicated += verdict.duplicated.length
          if (verdict.lost.length + verdict.duplicated.length + verdict.invented.length > 0 || !verdict.isOrdered)
            problems.push(`${side} sees of ${author}: ${JSON.stringify(verdict)}`)
          if (author === side && written.some(({ author: by, state }) => by === person && state !== 'delivered'))
            problems.push(`${side} does not know that everything arrived`)
        }
      }
      if (orders[0] !== orders[1]) problems.push(`alice and ${friend} have different orders`)
      if (this.#world.network.countConnections(this.#cast.alice.transport, this.#cast[friend].transport) !== 1)
        problems.push(`alice and ${friend} have not one connection`)
    }
    for (const who of people) problems.push(...(await this.#toldWrongly(who)))
    count({ faults: this.#faults, acknowledged: this.#model.acknowledged, lost, duplicated })
    assert.deepEqual(problems, [])
  }

  /** Nothing is announced twice, or without being there, and nobody waits for more. */
  async #toldWrongly(who: Who): Promise<string[]> {
    const person = this.#cast[who]
    const told = person.added.map(({ id }) => id)
    const conversations = await person.request('conversation/list', {})
    const there = await this.#idsOf(person)
    return [
      ...(new Set(told).size === told.length ? [] : [`${who} was told of one message twice`]),
      ...(told.every((id) => there.has(id)) ? [] : [`${who} was told of a message that is not there`]),
      ...(conversations.every(({ missing }) => missing === 0) ? [] : [`${who} waits for what never comes`]),
    ]
  }

  async #idsOf(person: SimulatedPerson): Promise<ReadonlySet<MessageId>> {
    const conversations = await person.request('conversation/list', {})
    const histories = await Promise.all(conversations.map(({ id }) => person.history(id)))
    return new Set(histories.flat().map(({ id }) => id))
  }

  async #written(side: Who, friend: Friend): Promise<readonly Message[]> {
    const history = await this.#cast[side].history(this.#rooms[friend])
    const ids = history.map(({ id }) => id)
    assert.deepEqual(ids, [...ids].sort(), 'ids sort as messages do')
    const written = history.filter(({ body }) => body.kind !== 'notice')
    assert.ok(
      written.every(({ body }) => body.kind === 'text'),
      'everything can be read',
    )
    return written
  }

  async #send({ who, friend, messages, awaits }: Extract<Step, { type: 'send' }>): Promise<void> {
    const author = who === 'alice' || who === friend ? who : 'alice'
    const person = this.#cast[author]
    if (person.isCrashed) await person.start()
    const sends = Array.from({ length: messages }, async () => {
      const text = this.#model.write(author, friend)
      const body = { kind: 'text', text } as const
      try {
        await person.chat.request('message/send', { conversation: this.#rooms[friend], body })
        this.#model.acknowledge(author, friend, text)
      } catch {
        // Refused: it may be there or not.
      }
    })
    if (!awaits) return
    let isDone = false
    void Promise.all(sends).then(() => (isDone = true))
    await this.#world.clock.until(() => isDone || person.isCrashed)
  }

  async #read({ who, friend }: Extract<Step, { type: 'read' }>): Promise<void> {
    const reader = who === 'alice' || who === friend ? who : friend
    const person = this.#cast[reader]
    if (person.isCrashed || person.disk.isFull) return
    const conversation = this.#rooms[friend]
    const { messages } = await person.request('conversation/history', { conversation, limit: 10 })
    const upTo: MessageId | undefined = messages.at(-1)?.id
    // A disk that fills up or a process that ends in the middle is one more thing that may happen.
    if (upTo !== undefined) person.chat.request('conversation/read', { conversation, upTo }).catch(() => undefined)
    await this.#world.clock.settle()
  }

  async #restart(person: SimulatedPerson, isCrash: boolean): Promise<void> {
    if (isCrash && !person.isCrashed) person.crash()
    else if (!person.isCrashed) await person.stop()
    await person.start()
  }

  /** What others know as delivered stays; what else was shown and is gone comes again, and is told again. */
  async #cutPower(who: Who): Promise<void> {
    const person = this.#cast[who]
    if (!person.isCrashed) person.crash()
    person.disk.losePower()
    const delivered = await this.#deliveredTo(who)
    await person.start()
    const there = await this.#idsOf(person)
    assert.ok(
      this.#isMisled || delivered.every((id) => there.has(id)),
      `the power cut took from ${who} what somebody knows as delivered`,
    )
    person.added.splice(0, Infinity, ...person.added.filter(({ id }) => there.has(id)))
  }

  async #deliveredTo(who: Who): Promise<readonly MessageId[]> {
    const delivered: MessageId[] = []
    for (const friend of friends.filter((one) => who === 'alice' || who === one)) {
      const sender = this.#cast[who === 'alice' ? friend : 'alice']
      const history = sender.isCrashed ? [] : await sender.history(this.#rooms[friend])
      delivered.push(...history.flatMap(({ id, state }) => (state === 'delivered' ? [id] : [])))
    }
    return delivered
  }
}

const textOf = ({ body }: Message): string[] => (body.kind === 'text' ? [body.text] : [])
