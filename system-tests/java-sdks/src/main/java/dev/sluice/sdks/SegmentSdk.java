package dev.sluice.sdks;

import com.segment.analytics.Analytics;
import com.segment.analytics.Callback;
import com.segment.analytics.messages.Message;
import com.segment.analytics.messages.TrackMessage;

import java.util.Date;
import java.util.concurrent.TimeUnit;

final class SegmentSdk implements Sdk {

    private final Deliveries deliveries = new Deliveries();
    private final Analytics analytics;

    SegmentSdk(String url, String writeKey) {
        analytics =
                Analytics.builder(writeKey)
                        .endpoint(url)
                        .flushQueueSize(5)
                        .flushInterval(1, TimeUnit.SECONDS)
                        .callback(
                                new Callback() {
                                    @Override
                                    public void success(Message message) {
                                        deliveries.delivered(1);
                                    }

                                    @Override
                                    public void failure(Message message, Throwable why) {
                                        deliveries.failed(String.valueOf(why));
                                    }
                                })
                        .build();
    }

    @Override
    public void send(SentEvent event) {
        deliveries.sent();
        analytics.enqueue(
                TrackMessage.builder("Page Viewed")
                        .userId(event.user())
                        .anonymousId(event.anonymous())
                        .timestamp(Date.from(event.time()))
                        .properties(event.properties()));
    }

    @Override
    public void close() throws InterruptedException {
        analytics.flush();
        deliveries.await();
        analytics.shutdown();
    }
}
