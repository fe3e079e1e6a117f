import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { viewStrings } from '../../../src/shared/viewStrings.ts'
import { isolate } from '../../../src/webview/text/isolate.ts'
import { createTranslate } from '../../../src/webview/text/strings.ts'

describe('createTranslate', () => {
  it('takes the host’s words, and English where there are none', () => {
    const t = createTranslate({ online: 'erreichbar', offline: '', toString: 'x' })
    assert.deepEqual([t('online'), t('offline'), t('sent')], ['erreichbar', 'offline', 'sent'])
  })

  it('fills in the arguments, which are never read as sentences themselves', () => {
    const t = createTranslate({ announceOne: '{1} von {0}' })
    assert.equal(t('announceOne', '{1}', '$&'), '$& von {1}')
    assert.equal(t('missing', 12), '12 older messages are still on their way.')
    assert.equal(t('missing'), viewStrings.missing)
  })
})

describe('isolate', () => {
  it('leaves ordinary names as they are', () => {
    assert.equal(isolate('Ada Lovelace 東京 é'), 'Ada Lovelace 東京 é')
  })

  it('fences names written from right to left', () => {
    assert.equal(isolate('דנה'), '\u2068דנה\u2069')
  })

  it('takes out characters that turn the text around them', () => {
    assert.equal(isolate('a\u202Eb\u2069\u2066c'), 'abc')
  })
})
