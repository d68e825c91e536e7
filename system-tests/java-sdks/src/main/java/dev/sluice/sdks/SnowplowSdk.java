package dev.sluice.sdks;

import com.snowplowanalytics.snowplow.tracker.Snowplow;
import com.snowplowanalytics.snowplow.tracker.Subject;
import com.snowplowanalytics.snowplow.tracker.Tracker;
import com.snowplowanalytics.snowplow.tracker.configuration.EmitterConfiguration;
import com.snowplowanalytics.snowplow.tracker.configuration.NetworkConfiguration;
import com.snowplowanalytics.snowplow.tracker.configuration.SubjectConfiguration;
import com.snowplowanalytics.snowplow.tracker.configuration.TrackerConfiguration;
import com.snowplowanalytics.snowplow.tracker.emitter.EmitterCallback;
import com.snowplowanalytics.snowplow.tracker.emitter.FailureType;
import com.snowplowanalytics.snowplow.tracker.events.SelfDescribing;
import com.snowplowanalytics.snowplow.tracker.payload.SelfDescribingJson;
import com.snowplowanalytics.snowplow.tracker.payload.TrackerPayload;

import java.util.List;

final class SnowplowSdk implements Sdk {

    private final Deliveries deliveries = new Deliveries();
    private final Tracker tracker;

    SnowplowSdk(String url, String writeKey) {
        tracker =
                Snowplow.createTracker(
                        new TrackerConfiguration("sdk", writeKey),
                        new NetworkConfiguration(url),
                        new EmitterConfiguration().batchSize(5).callback(callback()));
    }

    private EmitterCallback callback() {
        return new EmitterCallback() {
            @Override
            public void onSuccess(List<TrackerPayload> events) {
                deliveries.delivered(events.size());
            }

            @Override
            public void onFailure(
                    FailureType type, boolean willRetry, List<TrackerPayload> events) {
                if (willRetry) {
                    tracker.getEmitter().flushBuffer(); // it waits for the next event otherwise
                } else {
                    deliveries.failed(type.toString());
                }
            }
        };
    }

    @Override
    public void send(SentEvent event) {
        deliveries.sent();
        Subject subject =
                new Subject(
                        new SubjectConfiguration()
                                .userId(event.user())
                                .domainUserId(event.anonymous()));
        var _ =
                tracker.track(
                        SelfDescribing.builder()
                                .eventData(
                                        new SelfDescribingJson(
                                                "iglu:com.acme/page_view/jsonschema/1-0-0",
                                                event.properties()))
                                .trueTimestamp(event.time().toEpochMilli())
                                .subject(subject)
                                .build());
    }

    @Override
    public void close() throws InterruptedException {
        tracker.getEmitter().flushBuffer();
        deliveries.await();
        tracker.close();
    }
}
