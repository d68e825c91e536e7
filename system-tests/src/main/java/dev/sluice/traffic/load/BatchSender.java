package dev.sluice.traffic.load;

import dev.sluice.traffic.PlannedBatch;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Posts one batch until it is settled, at each collector in turn. Every try carries the same
/// bytes, so the same ids.
final class BatchSender {

    private final HttpClient http;
    private final LoadSettings settings;
    private final LoadClock clock;
    private final DeliveryAccount account;
    private final AnswerTimes answers;
    private final AtomicInteger turn = new AtomicInteger();

    BatchSender(
            HttpClient http,
            LoadSettings settings,
            LoadClock clock,
            DeliveryAccount account,
            AnswerTimes answers) {
        this.http = http;
        this.settings = settings;
        this.clock = clock;
        this.account = account;
        this.answers = answers;
    }

    Outcome send(PlannedBatch batch) {
        List<HttpRequest> requests = requests(batch);
        int first = turn.getAndIncrement();
        int unanswered = 0;
        @Nullable Outcome outcome = null;
        try {
            for (int attempt = 1; outcome == null; attempt++) {
                int next = Math.floorMod(first + attempt - 1, requests.size());
                Answer answer = tryOnce(requests.get(next));
                unanswered += answer instanceof Answer.Missing ? 1 : 0;
                outcome = settle(answer, attempt, unanswered);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            // The request that was cut off may have arrived.
            unanswered++;
            outcome = Outcome.UNKNOWN;
        }
        account.settled(batch, outcome, unanswered);
        return outcome;
    }

    /// The outcome, or null after the pause before another try.
    private @Nullable Outcome settle(Answer answer, int attempt, int unanswered)
            throws InterruptedException {
        long asked = -1;
        switch (answer) {
            case Answer.Accepted accepted -> {
                return Outcome.ACKNOWLEDGED;
            }
            case Answer.Rejected rejected -> {
                return withoutAcknowledgement(unanswered);
            }
            case Answer.Busy busy -> asked = busy.retryAfter();
            case Answer.Missing missing -> {}
        }
        if (attempt >= settings.retries().attempts()) {
            return withoutAcknowledgement(unanswered);
        }
        clock.pause(settings.retries().pauseAfter(attempt, asked));
        account.retried();
        return null;
    }

    private static Outcome withoutAcknowledgement(int unanswered) {
        return unanswered > 0 ? Outcome.UNKNOWN : Outcome.REFUSED;
    }

    private Answer tryOnce(HttpRequest request) throws InterruptedException {
        long sent = clock.nanos();
        try {
            HttpResponse<Void> response = http.send(request, BodyHandlers.discarding());
            answers.record(response.statusCode(), clock.nanos() - sent);
            String retryAfter = response.headers().firstValue("Retry-After").orElse("");
            return Answer.of(response.statusCode(), retryAfter);
        } catch (ConnectException | HttpConnectTimeoutException e) {
            // Nothing was sent, so nothing was taken.
            return new Answer.Busy(-1);
        } catch (IOException e) {
            answers.record(LoadReport.NO_ANSWER, clock.nanos() - sent);
            return new Answer.Missing();
        }
    }

    private List<HttpRequest> requests(PlannedBatch batch) {
        byte[] body = BatchBody.encode(batch);
        return settings.collectors().stream().map(at -> request(at, batch, body)).toList();
    }

    private HttpRequest request(URI collector, PlannedBatch batch, byte[] body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(collector)
                        .timeout(settings.retries().timeout())
                        .header("Authorization", "Bearer " + settings.writeKey())
                        .header("Content-Type", batch.format().contentType())
                        .POST(BodyPublishers.ofByteArray(body));
        if (batch.gzip()) {
            request.header("Content-Encoding", "gzip");
        }
        return request.build();
    }
}
