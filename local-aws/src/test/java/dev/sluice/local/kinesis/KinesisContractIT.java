package dev.sluice.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;

import java.nio.file.Path;

/// Our server, spoken to in each encoding.
final class KinesisContractIT {

    private static KinesisServer server;
    private static Clients cbor;
    private static Clients json;

    @BeforeAll
    static void start(@TempDir Path data) {
        server = KinesisServer.start(KinesisServerConfig.in(data));
        cbor = Clients.cbor(server.endpoint());
        json = Clients.json(server.endpoint());
    }

    @AfterAll
    static void stop() {
        cbor.close();
        json.close();
        server.close();
    }

    interface Encoded extends KinesisContract {

        Clients clients();

        String contentType();

        /// Or both would try the same.
        @Test
        default void isSpokenTo() throws Exception {
            assertThat(client().listStreams().sdkHttpResponse().firstMatchingHeader("Content-Type"))
                    .contains(contentType());
            assertThat(
                            asyncClient()
                                    .listStreams()
                                    .get()
                                    .sdkHttpResponse()
                                    .firstMatchingHeader("Content-Type"))
                    .contains(contentType());
        }

        @Override
        default KinesisClient client() {
            return clients().sync();
        }

        @Override
        default KinesisAsyncClient asyncClient() {
            return clients().async();
        }
    }

    @Nested
    final class InCbor implements Encoded {

        @Override
        public Clients clients() {
            return cbor;
        }

        @Override
        public String contentType() {
            return "application/x-amz-cbor-1.1";
        }
    }

    @Nested
    final class InJson implements Encoded {

        @Override
        public Clients clients() {
            return json;
        }

        @Override
        public String contentType() {
            return "application/x-amz-json-1.1";
        }
    }
}
