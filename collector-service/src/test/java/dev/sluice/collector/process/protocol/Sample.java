package dev.sluice.collector.process.protocol;

import dev.sluice.collector.process.body.BodyLimits;
import dev.sluice.collector.process.body.ForeignEvents;
import dev.sluice.collector.process.body.ForeignReader;
import dev.sluice.collector.process.protocol.clickstream.ClickstreamWeb;
import dev.sluice.collector.process.protocol.cloudevents.CloudEvents;
import dev.sluice.collector.process.protocol.posthog.PosthogCapture;
import dev.sluice.collector.process.protocol.segment.SegmentApi;
import dev.sluice.collector.process.protocol.snowplow.SnowplowTracker;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// One way to send events, with an event that uses all fields that have a place.
///
/// @param before what stands before the events of a batch
/// @param after what stands after them
/// @param person the member of the event with an id that may have 256 bytes
record Sample(
        String name,
        Protocol protocol,
        String path,
        String before,
        String after,
        String person,
        String event) {

    /// The limits that all of them keep.
    static final BodyLimits LIMITS = new BodyLimits(10, 64 << 10, 64, 1000);

    private static final ForeignReader READER = new ForeignReader(LIMITS);

    static List<Sample> all() {
        return List.of(segment(), snowplow(), cloudEvents(), clickstream(), posthog());
    }

    ForeignEvents read(String events) {
        return readBytes(events.getBytes(StandardCharsets.UTF_8));
    }

    /// Bytes that need not be UTF-8.
    ForeignEvents readBytes(byte[] events) {
        byte[] head = Requests.json(before).getBytes(StandardCharsets.UTF_8);
        byte[] tail = Requests.json(after).getBytes(StandardCharsets.UTF_8);
        byte[] body = new byte[head.length + events.length + tail.length];
        System.arraycopy(head, 0, body, 0, head.length);
        System.arraycopy(events, 0, body, head.length, events.length);
        System.arraycopy(tail, 0, body, head.length + events.length, tail.length);
        return protocol.read(Requests.post(path, body));
    }

    @Override
    public String toString() {
        return name;
    }

    private static Sample segment() {
        return new Sample(
                "segment",
                new SegmentApi(READER),
                "/v1/batch",
                "{'batch':[",
                "],'sentAt':'2026-11-21T01:07:34Z','writeKey':'wk'}",
                "userId",
                Requests.json(
                        """
                        {'type': 'track', 'event': 'e', 'messageId': 'm', 'userId': 'u', 'anonymousId': 'a',
                         'timestamp': '2026-11-21T01:07:33Z', 'originalTimestamp': '2026-11-21T01:07:32Z',
                         'sentAt': '2026-11-21T01:07:34Z', 'channel': 'web', 'integrations': {'All': true},
                         'context': {'page': {'url': 'https://h/p', 'path': '/p', 'referrer': 'r', 'title': 't'},
                           'app': {'name': 'n', 'version': '1'}, 'library': {'name': 'n', 'version': '1'},
                           'campaign': {'source': 's', 'medium': 'm', 'name': 'n', 'term': 't', 'content': 'c'},
                           'screen': {'width': 1, 'height': 1}, 'device': {'id': 'd'}, 'sessionId': 1,
                           'locale': 'de', 'timezone': 'UTC', 'ip': '192.0.2.1', 'userAgent': 'x',
                           'traits': {'plan': 'pro'}},
                         'properties': {'a': {'b': 1}}}
                        """));
    }

    private static Sample snowplow() {
        return new Sample(
                "snowplow",
                new SnowplowTracker(READER),
                "/com.snowplowanalytics.snowplow/tp2",
                "{'schema':'iglu:x/payload_data/jsonschema/1-0-4','data':[",
                "]}",
                "uid",
                Requests.json(
                        """
                        {'e': 'se', 'eid': 'm', 'aid': 'wk', 'p': 'web', 'tv': 'js', 'tna': 'sp', 'dtm': '1795223253664',
                         'stm': '1795223253700', 'uid': 'u', 'duid': 'd', 'nuid': 'n', 'tnuid': 't', 'sid': 's',
                         'url': 'https://h/p?utm_source=s', 'page': 't', 'refr': 'r', 'res': '1x1', 'vp': '1x1',
                         'lang': 'de', 'tz': 'UTC', 'ip': '192.0.2.1', 'ua': 'x', 'se_ca': 'c', 'se_ac': 'a',
                         'se_la': 'l', 'se_pr': 'p', 'se_va': '1'}
                        """));
    }

    private static Sample cloudEvents() {
        return new Sample(
                "cloudevents",
                new CloudEvents(READER),
                "/v1/cloudevents",
                "[",
                "]",
                "userid",
                Requests.json(
                        """
                        {'specversion': '1.0', 'id': '7', 'source': '/s', 'type': 't', 'time': '2026-11-21T01:07:33Z',
                         'subject': 'x', 'userid': 'u', 'anonymousid': 'a', 'sessionid': 's', 'dataschema': 'd',
                         'datacontenttype': 'application/json', 'traceparent': 'p', 'data': {'a': {'b': 1}}}
                        """));
    }

    private static Sample clickstream() {
        return new Sample(
                "clickstream",
                new ClickstreamWeb(READER),
                "/collect",
                "[",
                "]",
                "device_id",
                Requests.json(
                        """
                        {'event_type': 'e', 'event_id': 'm', 'timestamp': 1795223253664, 'device_id': 'd',
                         'unique_id': 'q', 'app_id': 'wk', 'platform': 'Web', 'sdk_name': 'n', 'sdk_version': '1',
                         'locale': 'de', 'screen_width': 1, 'screen_height': 1, 'make': 'x',
                         'user': {'_user_id': {'value': 'u', 'set_timestamp': 1}}, 'items': [{'id': 'i'}],
                         'attributes': {'_session_id': 's', '_page_url': 'https://h/p?utm_source=s',
                           '_page_title': 't', '_latest_referrer': 'r', '_entrances': 1, 'a': {'b': 1},
                           '_traffic_source_source': 's', '_traffic_source_campaign': 'c'}}
                        """));
    }

    private static Sample posthog() {
        return new Sample(
                "posthog",
                new PosthogCapture(READER),
                "/batch",
                "{'api_key':'wk','batch':[",
                "],'sent_at':'2026-11-21T01:07:34Z'}",
                "distinct_id",
                Requests.json(
                        """
                        {'event': 'e', 'uuid': 'm', 'distinct_id': 'u', 'timestamp': '2026-11-21T01:07:33Z',
                         'session_id': 's', 'type': 'capture',
                         'properties': {'$lib': 'n', '$lib_version': '1', '$session_id': 's', '$device_id': 'd',
                           '$current_url': 'https://h/p', '$pathname': '/p', '$referrer': 'r', '$title': 't',
                           '$ip': '192.0.2.1', '$useragent': 'x', '$raw_user_agent': 'y', '$locale': 'de',
                           '$timezone': 'UTC', '$utm_source': 's', 'utm_medium': 'm', '$is_identified': true,
                           '$anon_distinct_id': 'a', '$user_id': 'u', '$set': {'plan': 'pro'}, 'a': {'b': 1}}}
                        """));
    }
}
