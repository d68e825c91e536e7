package dev.sluice.loader.reports;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// A question of the business with its answer in SQL, in `questions/` of the class path.
public enum Question {
    TOP_PRODUCTS,
    FUNNEL,
    THUMBS_DOWN,
    LATENCY,
    LATENCY_HISTORY,
    GUARDRAILS,
    TOKEN_COST,
    ACTIVE_PEOPLE,
    NEGATIVE_ESCALATED;

    private final String text = read(name());

    /// As people type it: `top-products`.
    public String title() {
        return title(name());
    }

    /// The question of that title.
    public static Optional<Question> titled(String title) {
        return Arrays.stream(values()).filter(each -> each.title().equals(title)).findFirst();
    }

    /// What it asks, in a sentence.
    public String meaning() {
        return text.lines().findFirst().orElse("").substring(3);
    }

    /// The query.
    ///
    /// @param today the day on which it is asked, in UTC
    /// @param tenant whose events; null for everybody's
    public String sql(LocalDate today, @Nullable String tenant) {
        String whose = tenant == null ? "1 = 1" : "tenant_id = '" + tenant.replace("'", "''") + "'";
        return text.substring(text.indexOf('\n') + 1)
                .strip()
                .replace(":today", "CAST('" + today + "' AS DATE)")
                .replace(":tenant", whose);
    }

    private static String title(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String read(String name) {
        String resource = "/questions/" + title(name) + ".sql";
        try (InputStream sql = Question.class.getResourceAsStream(resource)) {
            if (sql == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}
