package dev.sluice.loader.config;

import dev.sluice.loader.books.BooksTiming;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/// The books in the warehouse; see {@link BooksTiming}.
///
/// @param copyInterval between two copies of pages
/// @param overlap how long before the last copy the next one begins to ask
/// @param history how far back the first copy asks, and one after a longer outage
/// @param checkInterval between two looks whether the books balance
/// @param settle after which a minute must balance
/// @param lookback minutes older than this are not looked at any more
/// @param retention after which the rows of a minute are deleted from the warehouse's books
@Validated
@ConfigurationProperties("sluice.loader.books")
record BooksProperties(
        @NotNull @DurationMin(millis = 1) @DefaultValue("10s") Duration copyInterval,
        @NotNull @DurationMin(millis = 1) @DefaultValue("2m") Duration overlap,
        @NotNull @DurationMin(millis = 1) @DefaultValue("72h") Duration history,
        @NotNull @DurationMin(millis = 1) @DefaultValue("1m") Duration checkInterval,
        @NotNull @DurationMin(millis = 1) @DefaultValue("10m") Duration settle,
        @NotNull @DurationMin(millis = 1) @DefaultValue("24h") Duration lookback,
        @NotNull @DurationMin(millis = 1) @DefaultValue("400d") Duration retention) {

    @AssertTrue(message = "lookback must be longer than settle, and history not shorter than it")
    boolean isOrdered() {
        return lookback.compareTo(settle) > 0 && history.compareTo(lookback) >= 0;
    }

    @AssertTrue(
            message = "retention must be longer than history, or what is deleted is copied again")
    boolean isCopiedOnce() {
        return retention.compareTo(history) > 0;
    }

    BooksTiming timing() {
        return new BooksTiming(
                copyInterval, overlap, history, checkInterval, settle, lookback, retention);
    }
}
