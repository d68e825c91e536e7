package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

class LocalAwsExtensionIT {
    private static final Set<LocalAws> SHARED = ConcurrentHashMap.newKeySet();

    @Test
    void leavesNoProcessAndNoFolderWhenTheJvmEndsDuringATest() throws IOException {
        try (var child = ChildJvm.run(TestRunThatEndsItsJvm.class)) {
            String line = child.nextLine();
            while (!line.startsWith(TestRunThatEndsItsJvm.FOLDER)) {
                line = child.nextLine();
            }
            Path data = Path.of(line.substring(TestRunThatEndsItsJvm.FOLDER.length()));
            assertThat(Postmasters.below(data)).hasSize(1);

            child.end();

            assertThat(Postmasters.below(data)).isEmpty();
            assertThat(data).doesNotExist();
        }
    }

    @Nested
    @WithLocalAws
    class OneClass {
        @Test
        void receivesTheSharedOne(LocalAws aws) {
            SHARED.add(aws);
            assertThat(SHARED).containsExactly(aws);
            try (var s3 = LocalClients.s3(aws.endpoints().s3())) {
                assertThat(
                                s3.headBucket(r -> r.bucket(aws.endpoints().bucket()))
                                        .sdkHttpResponse()
                                        .isSuccessful())
                        .isTrue();
            }
        }
    }

    @Nested
    @WithLocalAws
    class AnotherClass {
        @RegisterExtension
        static final LocalAwsExtension SEPARATE =
                LocalAwsExtension.separate(c -> c.withServices(LocalService.S3));

        @Test
        void receivesTheSameSharedOne(LocalAws aws) {
            SHARED.add(aws);
            assertThat(SHARED).containsExactly(aws);
        }

        @Test
        void canHaveASeparateOneBesides(LocalAws aws) {
            assertThat(SEPARATE.aws()).isNotSameAs(aws);
            assertThat(SEPARATE.aws().s3().directory()).isNotEqualTo(aws.s3().directory());
        }
    }
}
