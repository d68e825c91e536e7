package dev.sluice.validator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.runtime.config.KclConsumers;
import dev.sluice.runtime.health.HealthSource;
import dev.sluice.runtime.stream.AckToken;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.ShardHandler;
import dev.sluice.runtime.stream.StreamName;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Readiness fails before the reading stops, and is answered as long as shards are drained.
class ReadinessIT {

    private static final Duration LONG = Duration.ofSeconds(40);

    @TempDir private Path folder;

    @Test
    void failsWhileShardsAreDrained() {
        try (LocalLine local = new LocalLine(folder)) {
            local.createStream("sluice-raw");
            local.createStream("sluice-valid");
            local.createStream("beside");
            Witness witness;
            try (ConfigurableApplicationContext service =
                    new SpringApplicationBuilder(ValidatorApplication.class, Beside.class)
                            .run(local.arguments())) {
                witness = service.getBean(Witness.class);
                await().atMost(LONG).until(() -> !witness.whileReading.isEmpty());
            }

            // A batch that was under way when readiness failed may see that already.
            assertThat(witness.whileReading).startsWith(200).isSorted();
            assertThat(witness.whileDraining).containsExactly(503);
        }
    }

    /// A second consumer, as the loader has one, which asks as a load balancer would.
    @Configuration(proxyBeanMethods = false)
    static class Beside {

        @Bean
        Witness witness(Environment environment) {
            return new Witness(environment);
        }

        @Bean
        HealthSource besideConsumer(KclConsumers consumers, Witness witness) {
            return consumers.create("beside", new StreamName("beside"), start -> witness);
        }
    }

    private static final class Witness implements ShardHandler {

        final List<Integer> whileReading = new CopyOnWriteArrayList<>();
        final List<Integer> whileDraining = new CopyOnWriteArrayList<>();
        private final Environment environment;

        Witness(Environment environment) {
            this.environment = environment;
        }

        @Override
        public AckToken handle(RecordBatch batch) {
            whileReading.add(readiness());
            return batch.token();
        }

        @Override
        public AckToken drain() {
            whileDraining.add(readiness());
            return AckToken.none();
        }

        private int readiness() {
            URI probe =
                    URI.create(
                            "http://127.0.0.1:%s/actuator/health/readiness"
                                    .formatted(environment.getProperty("local.server.port")));
            try (HttpClient client = HttpClient.newHttpClient()) {
                HttpRequest request = HttpRequest.newBuilder(probe).timeout(LONG).build();
                return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }
}
