package dev.sluice.cli;

import dev.sluice.collector.producers.DynamoProducerStore;
import dev.sluice.collector.producers.FileProducerStore;
import dev.sluice.collector.producers.KeyHash;
import dev.sluice.collector.producers.KeyRing;
import dev.sluice.collector.producers.Producer;
import dev.sluice.collector.producers.ProducerKey;
import dev.sluice.collector.producers.ProducerStore;
import dev.sluice.collector.producers.SigningSecret;
import dev.sluice.contracts.event.SourceId;
import dev.sluice.contracts.event.TenantId;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// `sluice keys`: who may send.
@Command(
        name = "keys",
        description = {
            "Write keys of producers, in a file (sluice.collector.keys.file) or in a table of",
            "DynamoDB (sluice.collector.keys.table). A key is shown once, when it is made; what is",
            "stored is its SHA-256. Collectors know a new key at once and a change within 30 s."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(create | list | rotate | revoke)",
        footerHeading = "%nExamples:%n",
        footer = {
            "  sluice keys create --file keys.json --tenant shop --source web \\",
            "      --origin https://shop.example --protocol segment --events-per-second 5000",
            "  sluice keys list --file keys.json",
            "  sluice keys rotate --file keys.json 4f5a90c1d2e3 --grace 24h",
            "  sluice keys revoke --table sluice-producers 4f5a90c1d2e3",
        })
final class KeysCommand {

    @Spec CommandSpec spec = CommandSpec.create();

    @ArgGroup Where where = new Where();

    /// Exactly one of them, before or after the subcommand.
    static final class Where {
        @Option(
                names = "--file",
                paramLabel = "FILE",
                scope = ScopeType.INHERIT,
                description = "a JSON file; made if it is not there")
        @Nullable Path file;

        @Option(
                names = "--table",
                paramLabel = "TABLE",
                scope = ScopeType.INHERIT,
                description = "a table of DynamoDB, with the account and region of the environment")
        @Nullable String table;
    }

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "of DynamoDB, if it is not AWS's own")
    @Nullable URI endpoint;

    @Command(name = "create", description = "Makes a key and shows it, once.")
    int create(
            @Option(names = "--tenant", required = true, description = "whose events they are")
                    String tenant,
            @Option(names = "--source", required = true, description = "where they come from")
                    String source,
            @Option(names = "--origin", description = "a web origin that may send; all if none")
                    @Nullable Set<String> origins,
            @Option(names = "--protocol", description = "native, segment, …; all if none")
                    @Nullable Set<String> protocols,
            @Option(
                            names = "--sign",
                            description = "requests have to be signed; shows the secret, once")
                    boolean sign,
            @Option(names = "--events-per-second", description = "of each collector task; 0: any")
                    long events,
            @Option(names = "--bytes-per-second", description = "of each collector task; 0: any")
                    long bytes) {
        return on(
                ring -> {
                    SigningSecret secret = sign ? ring.secret() : null;
                    show(
                            ring.create(
                                    new Producer(
                                            new TenantId(tenant),
                                            new SourceId(source),
                                            origins == null ? Set.of() : origins,
                                            protocols == null ? Set.of() : protocols,
                                            secret,
                                            events,
                                            bytes)));
                    if (secret != null) {
                        out().println(secret.value());
                        err().println(
                                        "the second line is the secret that requests are signed with");
                    }
                });
    }

    @Command(name = "list", description = "Lists the keys: the start of the hash, and whose it is.")
    int list() {
        return on(ring -> table(ring.all()));
    }

    @Command(
            name = "rotate",
            description = "Makes a second key for a producer; the old one opens for a while yet.")
    int rotate(
            @Parameters(paramLabel = "KEY", description = "start of the old key's hash, see list")
                    String hash,
            @Option(
                            names = "--grace",
                            defaultValue = "168h",
                            converter = Span.class,
                            description = "how long the old key opens yet; default: 168h, a week")
                    Duration grace) {
        return on(ring -> show(ring.rotate(hash, grace)));
    }

    @Command(name = "revoke", description = "Removes a key; it opens nothing any more.")
    int revoke(
            @Parameters(paramLabel = "KEY", description = "start of the key's hash, see list")
                    String hash) {
        return on(
                ring -> {
                    KeyHash revoked = ring.revoke(hash);
                    out().println("revoked " + revoked);
                });
    }

    private int on(Consumer<KeyRing> work) {
        if (where.file != null) {
            work.accept(ring(new FileProducerStore(where.file)));
            return CommandLine.ExitCode.OK;
        }
        if (where.table == null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "say where the keys are: --file FILE or --table TABLE");
        }
        DynamoDbClientBuilder dynamo = DynamoDbClient.builder();
        if (endpoint != null) {
            dynamo.endpointOverride(endpoint);
        }
        try (DynamoDbClient client = dynamo.build()) {
            work.accept(ring(new DynamoProducerStore(client, where.table)));
        }
        return CommandLine.ExitCode.OK;
    }

    private static KeyRing ring(ProducerStore store) {
        return new KeyRing(store, new SecureRandom(), InstantSource.system());
    }

    private void show(String key) {
        out().println(key);
        err().println("this is the only time the key is shown; its hash: " + KeyHash.of(key));
    }

    private void table(List<ProducerKey> keys) {
        Instant now = Instant.now();
        out().printf(
                        "%-12s  %-20s  %-20s  %-20s  %s%n",
                        "key", "tenant", "source", "created", "expires");
        for (ProducerKey key : keys) {
            Instant expires = key.expiresAt();
            out().printf(
                            "%-12s  %-20s  %-20s  %-20s  %s%n",
                            key.hash(),
                            key.producer().tenantId(),
                            key.producer().sourceId(),
                            key.createdAt(),
                            expires == null ? "never" : key.livesAt(now) ? expires : "expired");
        }
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
