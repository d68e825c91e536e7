package dev.sluice.collector.config;

import dev.sluice.collector.CollectMetrics;
import dev.sluice.collector.CollectPipeline;
import dev.sluice.collector.egress.DoorBooks;
import dev.sluice.collector.egress.RawStream;
import dev.sluice.collector.egress.spill.SpillWriter;
import dev.sluice.collector.ingress.Admission;
import dev.sluice.collector.ingress.BodyReader;
import dev.sluice.collector.ingress.BytesInFlight;
import dev.sluice.collector.ingress.EventPathServlet;
import dev.sluice.collector.ingress.Gate;
import dev.sluice.collector.ingress.NativePath;
import dev.sluice.collector.ingress.RehearsalPath;
import dev.sluice.collector.ingress.RequestMetrics;
import dev.sluice.collector.ingress.Visitors;
import dev.sluice.collector.process.body.BodySplitter;
import dev.sluice.collector.process.door.Door;
import dev.sluice.collector.process.door.UuidV7;
import dev.sluice.collector.producers.KeyHash;
import dev.sluice.collector.producers.Producer;
import dev.sluice.collector.producers.ProducerDirectory;
import dev.sluice.collector.producers.ProducerKey;
import dev.sluice.collector.producers.RateLimits;
import dev.sluice.collector.producers.Signatures;
import dev.sluice.collector.warmup.NowhereStream;
import dev.sluice.collector.warmup.Rehearsal;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.event.SourceId;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.runtime.books.BooksStore;
import dev.sluice.runtime.books.BooksWriter;
import dev.sluice.runtime.publish.GroupCommitConfig;
import dev.sluice.runtime.publish.GroupCommitPublisher;
import dev.sluice.runtime.publish.StreamClient;
import dev.sluice.runtime.stream.StreamName;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.net.InetAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/// What happens before readiness: a rehearsal of the native path, and meanwhile a look at stream
/// and bucket, which opens the first connections. None is a condition: a collector that sees
/// neither answers 503 until it does.
///
/// The rehearsal has everything of its own that remembers or counts.
@Configuration(proxyBeanMethods = false)
class WarmUpConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(WarmUpConfiguration.class);

    private final String path = "/rehearsal-" + UUID.randomUUID();
    private final String writeKey = UUID.randomUUID().toString();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Bean
    RehearsalPath rehearsalPath(
            BodyReader bodies,
            Visitors visitors,
            LimitsProperties limits,
            StreamProperties stream,
            GroupCommitConfig publishing,
            BooksStore books,
            InstantSource clock) {
        GroupCommitPublisher<SectionedEvent> publisher =
                EgressConfiguration.publisher(
                        new NowhereStream(), stream, publishing, stream.timeLimit(), clock, meters);
        CircuitBreaker breaker = CircuitBreaker.ofDefaults("rehearsal");
        CollectPipeline pipeline =
                new CollectPipeline(
                        new BodySplitter(limits.forBodies()),
                        new Door(new UuidV7(clock, new SecureRandom())),
                        new RawStream(new StreamName("nowhere"), publisher::submit, breaker),
                        new DoorBooks("rehearsal", new BooksWriter("rehearsal", books, meters)),
                        new CollectMetrics(meters));
        Duration retryAfter = Duration.ofSeconds(1);
        Admission admission =
                new Admission(
                        Duration.ofMinutes(1),
                        100,
                        new StoragePlaces(List.of(breaker)),
                        retryAfter,
                        meters);
        return new RehearsalPath(
                new NativePath(gate(clock), bodies, admission, pipeline, visitors, retryAfter));
    }

    @Bean
    ServletRegistrationBean<EventPathServlet> rehearsalRegistration(RehearsalPath rehearsal) {
        BytesInFlight inFlight = new BytesInFlight(Long.MAX_VALUE);
        ServletRegistrationBean<EventPathServlet> registration =
                new ServletRegistrationBean<>(
                        new EventPathServlet(
                                rehearsal, inFlight, new RequestMetrics(meters, inFlight)),
                        path);
        registration.setName("rehearsal");
        return registration;
    }

    /// Boot says that it is ready when this has returned.
    @Bean
    ApplicationRunner warmUp(
            WarmUpProperties properties,
            WebServerApplicationContext server,
            RehearsalPath rehearsal,
            StreamClient client,
            StreamProperties stream,
            ObjectProvider<SpillWriter> spill) {
        return arguments -> {
            if (properties.timeLimit().isPositive()) {
                StreamName name = new StreamName(stream.name());
                attempt("see stream " + name, () -> client.openShards(name));
                spill.ifAvailable(writer -> attempt("write to the bucket", writer::rehearse));
                int port = Objects.requireNonNull(server.getWebServer()).getPort();
                String host = InetAddress.getLoopbackAddress().getHostAddress();
                URI here = URI.create("http://%s:%d%s".formatted(host, port, path));
                var _ = new Rehearsal(writeKey, properties.timeLimit()).run(here);
            }
            rehearsal.end();
        };
    }

    /// Beside the rehearsal; nobody waits for it.
    private static void attempt(String what, Runnable call) {
        Thread.ofVirtual()
                .name("warm-up")
                .start(
                        () -> {
                            try {
                                call.run();
                            } catch (RuntimeException failure) {
                                LOG.warn("cannot {} yet: {}", what, failure.getMessage());
                            }
                        });
    }

    private Gate gate(InstantSource clock) {
        ProducerKey key =
                new ProducerKey(
                        KeyHash.of(writeKey),
                        Producer.of(new TenantId("rehearsal"), new SourceId("rehearsal")),
                        Instant.EPOCH,
                        null);
        return new Gate(
                new ProducerDirectory(() -> List.of(key), Duration.ofDays(1), clock, meters),
                new Signatures(1, clock),
                new RateLimits(System::nanoTime));
    }
}
