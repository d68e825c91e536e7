package dev.sluice.fleet;

import dev.sluice.local.LocalEndpoints;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/// What differs from the services' own settings when everything runs on one machine.
final class LocalSettings {

    /// Opens the collector of this machine and nothing else.
    static final String WRITE_KEY = "demo-write-key";

    /// Of the pseudonyms of this machine.
    static final String PII_KEY = "k1";
    static final String PII_SECRET = "local-secret-of-pseudonyms-32-bytes-or-more";

    /// Of the list of erased persons of this machine.
    static final String SUBJECT_SECRET = "local-secret-of-subjects-32-bytes-or-more";

    private LocalSettings() {}

    static Map<String, String> collector(LocalEndpoints aws, int port) {
        Map<String, String> settings = cloud(aws);
        settings.put("server.port", String.valueOf(port));
        settings.put("sluice.collector.producers[0].key-sha256", sha256(WRITE_KEY));
        settings.put("sluice.collector.producers[0].tenant-id", "demo");
        settings.put("sluice.collector.producers[0].source-id", "demo-shop");
        // Nobody balances load here, so nobody needs time to let go.
        settings.put("sluice.collector.shutdown.drain", "0s");
        settings.put("sluice.collector.spill.create-locks", "true");
        settings.put("sluice.collector.spill.lease", "3s");
        return settings;
    }

    static Map<String, String> validator(LocalEndpoints aws) {
        Map<String, String> settings = reader(aws);
        // Two million ids a shard, for heaps that hold a whole fleet.
        settings.put("sluice.validator.duplicates.max-bytes", "64MB");
        settings.put("sluice.validator.suppressions.create", "true");
        settings.put("sluice.validator.suppressions.refresh", "1s");
        settings.put("sluice.validator.subject-secret", SUBJECT_SECRET);
        settings.put("sluice.validator.contracts.source", "bucket");
        settings.put("sluice.validator.contracts.prefix", LocalContracts.PREFIX);
        settings.put("sluice.validator.contracts.refresh", "1s");
        return settings;
    }

    static Map<String, String> enricher(LocalEndpoints aws) {
        Map<String, String> settings = reader(aws);
        settings.put("sluice.enricher.pii.key-id", PII_KEY);
        settings.put("sluice.enricher.pii.secret", PII_SECRET);
        settings.put("sluice.enricher.pii.contracts.source", "bucket");
        settings.put("sluice.enricher.pii.contracts.prefix", LocalContracts.PREFIX);
        settings.put("sluice.enricher.pii.contracts.refresh", "1s");
        settings.put("sluice.enricher.geo.source", "folder");
        settings.put("sluice.enricher.geo.folder", LocalGeo.folder().toString());
        settings.put("sluice.enricher.geo.refresh", "3s");
        settings.put("sluice.enricher.sessions.report-every", "5s");
        settings.put("sluice.enricher.identity.create", "true");
        settings.put("sluice.enricher.identity.subject-secret", SUBJECT_SECRET);
        return settings;
    }

    static Map<String, String> loader(LocalEndpoints aws) {
        Map<String, String> settings = reader(aws);
        settings.put("sluice.loader.warehouse.jdbc-url", aws.jdbcUrl());
        settings.put("sluice.loader.warehouse.user", aws.jdbcUser());
        settings.put("sluice.loader.warehouse.password", aws.jdbcPassword());
        settings.put("sluice.loader.warehouse.interval", "500ms");
        settings.put("sluice.loader.warehouse.stop.load", "true");
        settings.put("sluice.loader.tables.create", "true");
        settings.put("sluice.loader.publish.contracts.source", "bucket");
        settings.put("sluice.loader.publish.contracts.prefix", LocalContracts.PREFIX);
        settings.put("sluice.loader.publish.window", "1s");
        settings.put("sluice.loader.publish.max-window", "8s");
        settings.put("sluice.loader.publish.late-window", "6s");
        settings.put("sluice.loader.quarantine.window", "3s");
        settings.put("sluice.loader.quarantine.max-window", "8s");
        settings.put("sluice.loader.quarantine.suppressions.create", "true");
        settings.put("sluice.loader.quarantine.suppressions.refresh", "1s");
        settings.put("sluice.loader.quarantine.subject-secret", SUBJECT_SECRET);
        settings.put("sluice.loader.derived.window", "3s");
        settings.put("sluice.loader.derived.max-window", "8s");
        settings.put("sluice.loader.identities.interval", "3s");
        settings.put("sluice.loader.archive.window", "5s");
        // PostgreSQL reads all events to refresh a view; `sluice query --fresh` asks for it.
        settings.put("sluice.loader.upkeep.reports-interval", "10m");
        settings.put("sluice.loader.upkeep.latency-window", "1m");
        // One loader, so nobody else waits for the lease; after a kill it must lapse soon.
        settings.put("sluice.loader.leader.lease", "3s");
        settings.put("sluice.loader.leader.interval", "1s");
        settings.put("sluice.loader.books.copy-interval", "4s");
        return settings;
    }

    /// What every service that reads a stream needs.
    private static Map<String, String> reader(LocalEndpoints aws) {
        Map<String, String> settings = cloud(aws);
        settings.put("server.port", "0");
        // Stable, so that a fleet that was killed takes its own leases back. Nobody else is there
        // for them, and DynamoDB Local spends 5 ms of a core on each renewal.
        settings.put("sluice.kcl.worker", "local");
        settings.put("sluice.kcl.failover-time", "15s");
        settings.put("sluice.kcl.idle-between-reads", "300ms");
        settings.put("sluice.kcl.checkpoint-interval", "2s");
        settings.put("sluice.kcl.dispatch-interval", "50ms");
        settings.put("sluice.kcl.parent-poll-interval", "200ms");
        return settings;
    }

    private static Map<String, String> cloud(LocalEndpoints aws) {
        Map<String, String> settings = new HashMap<>();
        settings.put("server.address", "127.0.0.1");
        settings.put("spring.cloud.aws.region.static", aws.region());
        settings.put("spring.cloud.aws.credentials.access-key", aws.accessKey());
        settings.put("spring.cloud.aws.credentials.secret-key", aws.secretKey());
        settings.put("spring.cloud.aws.kinesis.endpoint", aws.kinesis().toString());
        settings.put("spring.cloud.aws.dynamodb.endpoint", aws.dynamodb().toString());
        settings.put("spring.cloud.aws.s3.endpoint", aws.s3().toString());
        settings.put("spring.cloud.aws.eventbridge.endpoint", aws.eventbridge().toString());
        settings.put("spring.cloud.aws.s3.path-style-access-enabled", "true");
        settings.put("sluice.objects.bucket", aws.bucket());
        settings.put("sluice.books.create", "true");
        return settings;
    }

    private static String sha256(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
