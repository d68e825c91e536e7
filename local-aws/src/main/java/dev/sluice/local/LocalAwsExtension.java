package dev.sluice.local;

import dev.sluice.local.host.FolderTree;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.UnaryOperator;

/// A [LocalAws] for JUnit tests, on a temporary folder that goes with it. Nothing of it outlives
/// the JVM, unless that is killed.
///
/// As [WithLocalAws] or registered with [#shared], all test classes of the JVM use one instance, as
/// starting one costs seconds: tests keep apart by the names they choose. With [#separate] a test
/// class has its own, to break as it likes; register that in a static field and ask it for [#aws],
/// as parameters are the shared one.
public final class LocalAwsExtension implements BeforeAllCallback, ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(LocalAwsExtension.class);

    private final @Nullable UnaryOperator<LocalAwsConfig> separate;
    private @Nullable LocalAws started;

    /// For [WithLocalAws].
    public LocalAwsExtension() {
        this(null);
    }

    private LocalAwsExtension(@Nullable UnaryOperator<LocalAwsConfig> separate) {
        this.separate = separate;
    }

    public static LocalAwsExtension shared() {
        return new LocalAwsExtension();
    }

    /// One for the test class alone, closed after its tests.
    ///
    /// @param customise changes the configuration of every service on a free port
    public static LocalAwsExtension separate(UnaryOperator<LocalAwsConfig> customise) {
        return new LocalAwsExtension(customise);
    }

    /// The instance of the test class.
    ///
    /// @throws IllegalStateException before the tests of the class
    public LocalAws aws() {
        if (started == null) {
            throw new IllegalStateException("local AWS starts with the tests of the class");
        }
        return started;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        var scope = separate == null ? context.getRoot() : context;
        UnaryOperator<LocalAwsConfig> customise =
                separate == null ? UnaryOperator.identity() : separate;
        Object key = separate == null ? LocalAws.class : this;
        var instance =
                scope.getStore(NAMESPACE)
                        .computeIfAbsent(key, k -> Instance.start(customise), Instance.class);
        started = Objects.requireNonNull(instance).aws();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return separate == null && parameter.getParameter().getType() == LocalAws.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return aws();
    }

    /// Closed by JUnit with the store that holds it, or with a JVM that ends before JUnit has.
    private static final class Instance implements AutoCloseable {
        private final LocalAws aws;
        private final Path data;
        private final Thread atExit = Thread.ofPlatform().unstarted(this::release);

        private Instance(LocalAws aws, Path data) {
            this.aws = aws;
            this.data = data;
            Runtime.getRuntime().addShutdownHook(atExit);
        }

        static Instance start(UnaryOperator<LocalAwsConfig> customise) {
            try {
                Path data = Files.createTempDirectory("local-aws-");
                return new Instance(LocalAws.start(customise.apply(LocalAwsConfig.in(data))), data);
            } catch (IOException e) {
                throw new UncheckedIOException("no temporary folder for local AWS", e);
            }
        }

        LocalAws aws() {
            return aws;
        }

        @Override
        public void close() {
            release();
            try {
                Runtime.getRuntime().removeShutdownHook(atExit);
            } catch (IllegalStateException e) {
                // the JVM ends: the hook has nothing left to do
            }
        }

        private synchronized void release() {
            aws.close();
            try {
                FolderTree.delete(data);
            } catch (IOException e) {
                throw new UncheckedIOException("folder " + data + " cannot be deleted", e);
            }
        }
    }
}
