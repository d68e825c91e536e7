package dev.sluice.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Versions of a contract that Sluice does not bring along.
public final class TapContract {

    public static final String FORCE = field("force", "integer", "1-0-0");

    private TapContract() {}

    public static String field(String name, String type, String since) {
        return """
               "%s": {"type": "%s", "description": "What <%s> means.", "x-pii": "none", "x-since": "%s"}
               """
                .formatted(name, type, name, since)
                .strip();
    }

    public static String column(String name, String type, String since, String column, String sql) {
        return field(name, type, since)
                .replaceFirst(
                        "}$",
                        ", \"x-column\": {\"name\": \"%s\", \"type\": \"%s\"}}"
                                .formatted(column, sql));
    }

    public static void write(Path contracts, String version, String... fields) throws IOException {
        write(contracts, version, "tap", fields);
    }

    /// The same, of a tenant's own.
    public static void write(String tenant, Path contracts, String version, String... fields)
            throws IOException {
        write(contracts, version, "tenants:" + tenant + ":tap", fields);
    }

    private static void write(Path contracts, String version, String id, String[] fields)
            throws IOException {
        Path folder = Files.createDirectories(contracts.resolve("tap"));
        Files.writeString(
                folder.resolve(version + ".json"),
                """
                {"$schema": "https://json-schema.org/draft/2020-12/schema",
                 "$id": "urn:sluice:contract:%s:%s", "title": "Tap", "description": "A tap.",
                 "x-owner": {"team": "hands", "contact": "hands@example.com"}, "type": "object",
                 "properties": {%s}, "examples": [{"force": 3}]}
                """
                        .formatted(id, version, String.join(", ", fields)));
    }
}
