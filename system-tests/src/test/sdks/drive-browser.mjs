// Sends events with a real browser SDK, from a page of another origin in a headless Chromium, and prints a
// JSON line for each event the SDK took:
//   node drive-browser.mjs SDK COLLECTOR_URL WRITE_KEY COUNT [SPREAD_MS]
import {readFile} from 'node:fs/promises'
import {createServer} from 'node:http'
import path from 'node:path'
import process from 'node:process'
import {chromium} from 'playwright-core'

const PATIENCE = 120_000
const [sdk, url, key, countText, spreadText] = process.argv.slice(2)
const count = Number(countText)
const spread = Number(spreadText ?? 0)
const run = `${sdk}-${process.pid}`
const scripts = {'segment-browser': 'node_modules/@segment/analytics-next/dist/umd'}

const page = await open(await serve(scripts[sdk]))
let delivered = 0
const done = new Promise((resolve, reject) => {
  setTimeout(() => reject(new Error(`${delivered} of ${count} are delivered`)), PATIENCE).unref()
  page.on('response', (response) => {
    if (response.request().method() === 'POST' && /\/v1\/[tp]$/.test(response.url()) && response.status() === 200) {
      if (++delivered === count) resolve()
    }
  })
})
await page.evaluate(load, {url, key})
for (let seq = 0; seq < count; seq++) {
  const event = {seq, run, user: `u-${run}-${seq}`, anonymous: `a-${run}-${seq}`}
  const time = await page.evaluate(track, event)
  console.log(JSON.stringify({...event, time}))
  if (spread) await page.waitForTimeout(spread / count)
}
await done
process.exit(process.exitCode ?? 0)

// In the page: where to send is in the settings that the SDK fetches.
function load({url, key}) {
  window.analytics = window.AnalyticsNext.AnalyticsBrowser.load({writeKey: key, cdnURL: url})
  return window.analytics.ready()
}

async function track(event) {
  const time = new Date()
  const user = await window.analytics.user()
  user.id(event.user) // another user gets another anonymous id
  await window.analytics.setAnonymousId(event.anonymous)
  void window.analytics.track(
    'Page Viewed',
    {run_id: event.run, seq: event.seq, note: 'héllo 世界 🚀', price: 12.5},
    {timestamp: time})
  return time.getTime()
}

async function open(address) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage']
  })
  const page = await browser.newPage()
  page.on('pageerror', (error) => failed(error.message))
  page.on('requestfailed', (request) => failed(`${request.url()}: ${request.failure()?.errorText}`))
  page.on('console', (message) => message.type() === 'error' && failed(message.text()))
  await page.goto(address)
  return page
}

// Another port of the loopback is another origin.
async function serve(folder) {
  const server = createServer(async (request, response) => {
    const file = path.basename(new URL(request.url, 'http://page').pathname)
    if (file === '') {
      response.setHeader('Content-Type', 'text/html')
      response.end('<!doctype html><title>Shop</title><link rel="icon" href="data:,"><script src="/index.js"></script>')
    } else {
      response.setHeader('Content-Type', 'text/javascript')
      response.end(await readFile(path.join(folder, file)).catch(() => ''))
    }
  })
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
  return `http://localhost:${server.address().port}/`
}

function failed(why) {
  console.error(`${sdk}: ${why}`)
  process.exitCode = 1
}
