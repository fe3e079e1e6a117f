import { openChat, newHome } from '../chatPair.ts'
import type { ChatHandlers, ChatHome } from '../chatParticipant.ts'
import type { BenchContext } from '../context.ts'
import { sharedClockMs } from '../gauges.ts'
import { target, type Section } from '../report.ts'
import type { RoomWriterHandlers } from '../roomWriter.ts'
import { figure, repeat } from '../statistics.ts'
import type { RawFigures } from './rawSocket.ts'

/** A long room: opened at its end, joined by a newcomer over real sockets, and what its members cost in memory. */
export async function measureRooms(bench: BenchContext, _raw: RawFigures): Promise<Section> {
  const { rounds, roomMembers, openedHistory: messages } = bench.scale
  const source = await prepareRoom(bench, roomMembers, messages)
  const openings = await repeat(rounds, () => openOnce(bench, source))
  const joins = await repeat(Math.min(rounds, 3), () => joinOnce(bench, source, messages))

  const alone = await idleMemory(bench, await prepareRoom(bench, 1, 0))
  const full = await idleMemory(bench, await prepareRoom(bench, roomMembers, 0))
  const open = figure(openings.map(({ openMs, lastMs }) => openMs + lastMs))
  const of = (pick: (join: Join) => number) => figure(joins.map(pick))
  return {
    title: `A room of ${roomMembers} members and ${messages.toLocaleString('en')} messages`,
    entries: [
      { name: 'opening the data', unit: 'ms', figure: figure(openings.map(({ openMs }) => openMs)) },
      { name: 'then the last 50 messages', unit: 'ms', figure: figure(openings.map(({ lastMs }) => lastMs)) },
      {
        name: 'both: the room opens at its end',
        unit: 'ms',
        figure: open,
        target: target('under 100 ms', open.median < 100),
      },
      {
        name: 'joining until the first page shows (real sockets)',
        unit: 'ms',
        figure: of(({ firstPageMs }) => firstPageMs),
      },
      { name: 'joining until everything is here', unit: 'ms', figure: of(({ completeMs }) => completeMs) },
      {
        name: 'memory per member',
        unit: 'bytes',
        figure: figure([((full - alone) * 1e6) / Math.max(1, roomMembers - 1)]),
      },
    ],
  }
}

interface Join {
  readonly firstPageMs: number
  readonly completeMs: number
}

/** A home whose person owns a room of so many members and messages. */
async function prepareRoom(bench: BenchContext, members: number, messages: number): Promise<ChatHome> {
  const home = await newHome(bench)
  const founder = await openChat(bench, home)
  await founder.call('create', { name: 'Ada' })
  await founder.call('close', undefined)
  await bench.endParticipants()
  await bench.start<RoomWriterHandlers>('roomWriter').call('write', { home, members, messages })
  await bench.endParticipants()
  return home
}

async function openOnce(bench: BenchContext, home: ChatHome): Promise<{ openMs: number; lastMs: number }> {
  const reader = bench.start<ChatHandlers>('chatParticipant')
  // The process is up and its code is loaded; what is measured is the opening of the data.
  await reader.call('arrivals', undefined)
  const start = sharedClockMs()
  await reader.call('open', home)
  const openMs = sharedClockMs() - start
  const lastMs = await reader.call('readLast', undefined)
  await reader.kill()
  return { openMs, lastMs }
}

/** A newcomer follows a link: from the asking to a page of messages, and to the last of all. */
async function joinOnce(bench: BenchContext, home: ChatHome, messages: number): Promise<Join> {
  const [host, guest] = [await openChat(bench, home), await openChat(bench, await newHome(bench))]
  await guest.call('create', { name: 'Bob' })
  const link = await host.call('inviteToRoom', undefined)
  const times = await guest.call('joinRoom', { link, messages })
  await bench.endParticipants()
  return times
}

async function idleMemory(bench: BenchContext, home: ChatHome): Promise<number> {
  const chat = await openChat(bench, home)
  const megabytes = await chat.call('idleMemory', undefined)
  await bench.endParticipants()
  return megabytes
}
