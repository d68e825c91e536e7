package dev.sluice.local.host;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;

import org.slf4j.LoggerFactory;

/// Keeps start-up banners and request chatter of embedded servers out of the log: warnings and
/// errors still pass.
///
/// SLF4J has no levels of its own, so this reaches for Logback, the backend Spring Boot brings.
/// With another backend it does nothing. A level somebody has configured is left as it is.
public final class QuietLogging {
    private static final String LOGBACK_CONTEXT = "ch.qos.logback.classic.LoggerContext";

    private QuietLogging() {}

    /// Call it before other threads log for the first time: while one of them makes SLF4J look for
    /// its backend, the others see none, and this could do nothing.
    ///
    /// @param loggers names of the loggers (and with them those below) that speak only from WARN up
    public static synchronized void warningsOnly(String... loggers) {
        if (LoggerFactory.getILoggerFactory().getClass().getName().equals(LOGBACK_CONTEXT)) {
            for (String name : loggers) {
                Logback.warningsOnly(name);
            }
        }
    }

    /// Apart, so that a class path without Logback never links it.
    private static final class Logback {
        static void warningsOnly(String name) {
            var logger = (Logger) LoggerFactory.getLogger(name);
            if (logger.getLevel() == null) {
                logger.setLevel(Level.WARN);
            }
        }
    }
}
