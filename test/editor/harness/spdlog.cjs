/**
 * Stands in for the editor's logger, whose native part is not built here: writes each line to its file at once. Output
 * channels show what is in these files.
 */
const { appendFileSync, mkdirSync } = require('node:fs')
const path = require('node:path')

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'critical']

class Logger {
  #file
  #level = 2
  #isBare = false

  constructor(_type, _name, file) {
    this.#file = file
    for (const [rank, level] of levels.entries()) {
      this[level] = (message) => {
        if (rank >= this.#level) this.#write(level, message)
      }
    }
  }

  #write(level, message) {
    const time = new Date().toISOString().replace('T', ' ').replace('Z', '')
    appendFileSync(this.#file, this.#isBare ? message : `${time} [${level}] ${message}\n`)
  }

  getLevel() {
    return this.#level
  }

  setLevel(level) {
    this.#level = level
  }

  setPattern() {}

  clearFormatters() {
    this.#isBare = true
  }

  flush() {}

  drop() {}
}

async function createLogger(name, file) {
  mkdirSync(path.dirname(file), { recursive: true })
  return new Logger('rotating', name, file)
}

exports.version = 0
exports.Logger = Logger
exports.setLevel = () => {}
exports.setFlushOn = () => {}
exports.createRotatingLogger = createLogger
exports.createAsyncRotatingLogger = createLogger
