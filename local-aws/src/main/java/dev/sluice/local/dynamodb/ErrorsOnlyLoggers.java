package dev.sluice.local.dynamodb;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.message.MessageFactory;
import org.apache.logging.log4j.simple.SimpleLogger;
import org.apache.logging.log4j.spi.ExtendedLogger;
import org.apache.logging.log4j.spi.LoggerContext;
import org.apache.logging.log4j.spi.LoggerContextFactory;
import org.apache.logging.log4j.util.PropertiesUtil;
import org.jspecify.annotations.Nullable;

import java.net.URI;

/// Gives DynamoDB Local's classes loggers that write errors to standard error and nothing else, and
/// everybody else the loggers they had.
///
/// It logs every request at INFO and every failed condition at WARN with a stack trace: those are
/// answers, not faults. Done at the Log4j API and not as a level of the backend, because Spring
/// Boot resets the backend when it starts.
record ErrorsOnlyLoggers(LoggerContextFactory others) implements LoggerContextFactory {
    private static final String QUIET = "com.amazonaws.services.dynamodbv2.";

    /// Has an effect only on loggers that are created later.
    static synchronized void install() {
        if (!(LogManager.getFactory() instanceof ErrorsOnlyLoggers)) {
            LogManager.setFactory(new ErrorsOnlyLoggers(LogManager.getFactory()));
        }
    }

    @Override
    public LoggerContext getContext(
            String fqcn,
            ClassLoader loader,
            @Nullable Object externalContext,
            boolean currentContext) {
        return new Context(others.getContext(fqcn, loader, externalContext, currentContext));
    }

    @Override
    public LoggerContext getContext(
            String fqcn,
            ClassLoader loader,
            @Nullable Object externalContext,
            boolean currentContext,
            URI configLocation,
            String name) {
        return new Context(
                others.getContext(
                        fqcn, loader, externalContext, currentContext, configLocation, name));
    }

    @Override
    public void removeContext(LoggerContext context) {
        others.removeContext(context instanceof Context wrapped ? wrapped.delegate() : context);
    }

    @Override
    public boolean isClassLoaderDependent() {
        return others.isClassLoaderDependent();
    }

    private record Context(LoggerContext delegate) implements LoggerContext {
        @Override
        public Object getExternalContext() {
            return delegate.getExternalContext();
        }

        @Override
        public ExtendedLogger getLogger(String name) {
            return name.startsWith(QUIET) ? errorsOnly(name, null) : delegate.getLogger(name);
        }

        @Override
        public ExtendedLogger getLogger(String name, @Nullable MessageFactory messages) {
            return name.startsWith(QUIET)
                    ? errorsOnly(name, messages)
                    : delegate.getLogger(name, messages);
        }

        @Override
        public boolean hasLogger(String name) {
            return delegate.hasLogger(name);
        }

        @Override
        public boolean hasLogger(String name, Class<? extends MessageFactory> messages) {
            return delegate.hasLogger(name, messages);
        }

        @Override
        public boolean hasLogger(String name, @Nullable MessageFactory messages) {
            return delegate.hasLogger(name, messages);
        }

        private static ExtendedLogger errorsOnly(String name, @Nullable MessageFactory messages) {
            return new SimpleLogger(
                    name,
                    Level.ERROR,
                    true,
                    true,
                    false,
                    false,
                    "",
                    messages,
                    PropertiesUtil.getProperties(),
                    System.err);
        }
    }
}
