import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { TestContext } from 'node:test'
import { plant } from '../record/planted.ts'
import { entry } from '../headless/headlessPeer.ts'
import { World } from '../headless/world.ts'
import type { Home } from '../headless/world.ts'

const script = fileURLToPath(new URL('answerBot.ts', import.meta.url))

/** The bot on the data of a home, and what it prints. */
function startBot(t: TestContext, world: World, { data, key }: Home) {
  const own = ['--data', data, '--bootstrap', world.bootstrapList, '--host', '127.0.0.1']
  const bot = spawn(process.execPath, [script, entry, ...own], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { PATH: process.env['PATH'], NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'], TINCAN_KEY: key },
  })
  t.after(() => bot.kill('SIGKILL'))
  const link = once(bot.stdout.setEncoding('utf8'), 'data').then(([text]) => /vscode:\S+/.exec(String(text))?.[0] ?? '')
  return {
    link,
    async stop() {
      const ended = once(bot, 'exit')
      bot.kill()
      await ended
    },
  }
}

test('the bot lets somebody in by its link, answers them, and goes on after a restart', async (t) => {
  const world = await World.open(t)
  const [home, ada] = [await world.home('Bot'), await (await world.home('Ada')).setUp()]
  const bot = startBot(t, world, home)
  const link = await bot.link
  plant(link)
  await ada.request('invite/accept', { link })
  const { conversation } = await ada.waitFor('invite/changed', ({ join }) => join?.state === 'joined')
  assert.ok(conversation)

  const say = (text: string) => ada.request('message/send', { conversation, body: { kind: 'text', text } })
  const hear = (wanted: RegExp) =>
    ada.waitFor('message/added', ({ message: { state, body } }) => {
      return state === 'received' && body.kind === 'text' && wanted.test(body.text)
    })
  await say('!ping')
  await hear(/^pong$/)
  await say('constructor')
  await say('!help')
  await hear(/^I answer !ping, !time, !help\.$/)

  await bot.stop()
  await say('!time')
  startBot(t, world, home)
  await hear(/^Here it is \d{4}-/)
  const { messages } = await ada.request('conversation/history', { conversation, limit: 50 })
  assert.equal(messages.filter(({ state, body }) => state === 'received' && body.kind === 'text').length, 3)
})
