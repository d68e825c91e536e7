// Sends events with a real SDK and prints a JSON line for each event the SDK took:
//   node drive.mjs SDK COLLECTOR_URL WRITE_KEY COUNT [SPREAD_MS]
// The collector's URL is the only thing that differs from the SDK's own documentation.
import process from 'node:process'
import {setTimeout as pause} from 'node:timers/promises'

const [sdk, url, key, countText, spreadText] = process.argv.slice(2)
const count = Number(countText)
const spread = Number(spreadText ?? 0)

const drivers = {
  'segment-node': async () => {
    const {Analytics} = await import('@segment/analytics-node')
    const analytics = new Analytics({writeKey: key, host: url, flushAt: 5, flushInterval: 500, maxRetries: 20})
    analytics.on('error', failed)
    return {
      track: (e) => analytics.track({...ids(e), event: 'Page Viewed', properties: props(e), timestamp: e.time}),
      close: () => analytics.closeAndFlush({timeout: 60_000})
    }
  },
  'segment-node-legacy': async () => {
    const {default: Analytics} = await import('analytics-node')
    const analytics = new Analytics(key, {host: url, flushAt: 5, flushInterval: 500, errorHandler: failed})
    return {
      track: (e) => analytics.track({...ids(e), event: 'Page Viewed', properties: props(e), timestamp: e.time}),
      close: () => new Promise((done) => analytics.flush(done))
    }
  },
  'rudder-node': async () => {
    const {default: Analytics} = await import('@rudderstack/rudder-sdk-node')
    const analytics = new Analytics(key, {dataPlaneUrl: url, flushAt: 5, flushInterval: 500})
    return {
      track: (e) =>
        analytics.track({...ids(e), event: 'Page Viewed', properties: props(e), timestamp: e.time}),
      close: () => analytics.flush()
    }
  },
  'snowplow-node': async () => {
    const {newTracker, buildSelfDescribingEvent} = await import('@snowplow/node-tracker')
    const {hostname, port} = new URL(url)
    let open = 0
    const tracker = newTracker(
      {namespace: 'sdk', appId: key, encodeBase64: true},
      {
        endpoint: hostname, port: Number(port), protocol: 'http', bufferSize: 5,
        onRequestSuccess: (batch) => (open -= batch.length), onRequestFailure: failed
      })
    return {
      track: (e) => {
        tracker.setUserId(e.user)
        tracker.setDomainUserId(e.anonymous)
        open++
        tracker.track(
          buildSelfDescribingEvent({
            event: {schema: 'iglu:com.acme/page_view/jsonschema/1-0-0', data: props(e)}}),
          [], {type: 'dtm', value: e.time.getTime()})
      },
      close: async () => {
        // the tracker sends again only when asked to
        for (let i = 0; i < 60 && open > 0; i++) {
          tracker.flush()
          await pause(1000)
        }
      }
    }
  },
  cloudevents: async () => {
    const {CloudEvent, HTTP} = await import('cloudevents')
    const sent = []
    const send = async (e) => {
      const event = new CloudEvent({
        id: `ce-${e.seq}-${e.run}`, source: '/sdk', type: 'page_view', time: e.time.toISOString(),
        userid: e.user, anonymousid: e.anonymous, data: props(e)})
      const {headers, body} = e.seq % 2 ? HTTP.binary(event) : HTTP.structured(event)
      // retrying is the caller's business with this SDK
      for (let i = 0; i < 60; i++) {
        const answer = await fetch(url + '/v1/cloudevents',
          {method: 'POST', headers: {...headers, authorization: `Bearer ${key}`}, body}).catch(() => undefined)
        if (answer?.status === 200) return
        await pause(1000)
      }
      failed('given up')
    }
    return {track: (e) => sent.push(send(e)), close: () => Promise.all(sent)}
  },
  'posthog-node': posthog,
  'posthog-node-v1': () => {
    process.env.POSTHOG_CAPTURE_MODE = 'v1'
    return posthog()
  }
}

async function posthog() {
  const {PostHog} = await import('posthog-node')
  const client = new PostHog(key, {host: url, flushAt: 5, flushInterval: 500, fetchRetryCount: 12})
  client.on('error', failed)
  return {
    track: (e) => client.capture({
      distinctId: e.user, event: 'Page Viewed', timestamp: e.time,
      properties: {...props(e), $device_id: e.anonymous}}),
    close: () => client.shutdown(60_000)
  }
}

const ids = (e) => ({userId: e.user, anonymousId: e.anonymous})
const props = (e) => ({run_id: e.run, seq: e.seq, note: 'héllo 世界 🚀', price: 12.5})

function failed(why) {
  console.error(`${sdk}: ${why?.message ?? JSON.stringify(why)}`)
  process.exitCode = 1
}

const driver = await drivers[sdk]()
const run = `${sdk}-${process.pid}`
for (let seq = 0; seq < count; seq++) {
  const event = {seq, run, user: `u-${run}-${seq}`, anonymous: `a-${run}-${seq}`, time: new Date()}
  driver.track(event)
  console.log(JSON.stringify({run, seq, user: event.user, anonymous: event.anonymous, time: event.time.getTime()}))
  if (spread) await pause(spread / count)
}
await driver.close()
