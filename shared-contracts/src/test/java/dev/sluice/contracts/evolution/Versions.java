package dev.sluice.contracts.evolution;

import dev.sluice.contracts.schema.ContractCatalog;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// Catalogs for tests: the bundled envelope and versions of one event type, `tap`.
final class Versions {

    private final Map<String, byte[]> files = new TreeMap<>();

    Versions() {
        files.put("envelope/1-0-0.json", envelope());
    }

    /// @param schema `properties` and what else there is of the contract, without its braces
    Versions with(String version, String schema) {
        return withType("tap", version, schema);
    }

    /// @param type where its files are, such as `tap` or `tenants/shop/tap`
    Versions withType(String type, String version, String schema) {
        files.put(type + "/" + version + ".json", contract(type, version, schema));
        return this;
    }

    ContractCatalog catalog() {
        return ContractCatalog.of("here", files);
    }

    private static byte[] envelope() {
        return ContractCatalog.bundled()
                .envelope()
                .document()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] contract(String type, String version, String schema) {
        return """
               {"$schema": "https://json-schema.org/draft/2020-12/schema",
                "$id": "urn:sluice:contract:%s:%s", "title": "T", "description": "D",
                "x-owner": {"team": "t", "contact": "t@example.com"}, "type": "object", %s}
               """
                .formatted(type.replace('/', ':'), version, schema)
                .getBytes(StandardCharsets.UTF_8);
    }

    /// A field of any version, with what every field says: `"name": {…}`.
    static String field(String name, String rules) {
        return field(name, "1-0-0", rules);
    }

    static String field(String name, String since, String rules) {
        return """
               "%s": {"description": "D.", "x-pii": "none", "x-since": "%s"%s}
               """
                .formatted(name, since, rules.isEmpty() ? "" : ", " + rules)
                .strip();
    }
}
