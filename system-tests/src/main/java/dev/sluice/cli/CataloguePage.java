package dev.sluice.cli;

import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.evolution.Change;
import dev.sluice.contracts.evolution.ContractEvolution;
import dev.sluice.contracts.schema.Contract;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.contracts.schema.EventTypeId;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The catalogue of event types as one page of HTML without scripts: who owns a type, what its
/// fields mean, which are personal, what an event looks like, and what changed when.
final class CataloguePage {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final String STYLE =
            """
            body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1c2430}
            table{border-collapse:collapse;width:100%;margin:1rem 0}
            th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid #d8dee6}
            code,pre{font:14px/1.4 ui-monospace,monospace}pre{background:#f4f6f8;padding:1rem;overflow:auto}
            nav li{display:inline-block;margin-right:1rem}.pii{font-weight:600}section{border-top:3px solid #d8dee6;margin-top:2rem}
            """;

    private final ContractCatalog catalog;
    private final StringBuilder page = new StringBuilder();

    CataloguePage(ContractCatalog catalog) {
        this.catalog = catalog;
    }

    /// The whole page.
    String html() {
        page.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<title>Event types</title><style>")
                .append(STYLE)
                .append("</style></head><body><h1>Event types</h1><nav><ul>");
        link(Contract.ENVELOPE, "every event");
        List<EventTypeId> common = types(type -> type.tenant() == null);
        common.forEach(type -> link(type.toString(), type.eventType()));
        page.append("</ul></nav>");
        section(catalog.envelopes());
        common.forEach(type -> section(catalog.versions(type)));
        tenants(types(type -> type.tenant() != null));
        return page.append("</body></html>\n").toString();
    }

    private List<EventTypeId> types(Predicate<EventTypeId> wanted) {
        return catalog.types().stream().filter(wanted).toList();
    }

    /// What tenants have of their own, if any has.
    private void tenants(List<EventTypeId> added) {
        if (added.isEmpty() && catalog.policies().isEmpty()) {
            return;
        }
        page.append("<h1 id=\"tenants\">Event types of tenants</h1><nav><ul>");
        added.forEach(type -> link(type.toString(), type.tenant() + ": " + type.eventType()));
        page.append("</ul></nav>");
        catalog.policies().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.comparing(TenantId::value)))
                .forEach(
                        policy ->
                                page.append(
                                        "<p>Events of <code>%s</code> whose type has no contract: %s.</p>"
                                                .formatted(
                                                        policy.getKey(),
                                                        policy.getValue().text())));
        added.forEach(type -> section(catalog.versions(type)));
    }

    private void link(String type, String text) {
        page.append("<li><a href=\"#%s\">%s</a></li>".formatted(type, escape(text)));
    }

    private void section(List<Contract> versions) {
        Contract contract = versions.getLast();
        JsonNode document = contract.document();
        TenantId tenant = contract.id().type().tenant();
        page.append("<section id=\"%s\">".formatted(contract.id().type()));
        page.append("<h2>%s</h2>".formatted(escape(document.path("title").asString())));
        page.append("<p>%s</p>".formatted(escape(document.path("description").asString())));
        page.append(
                "<p><code>%s</code> %s%s. Owner: %s, %s.</p>"
                        .formatted(
                                contract.id().eventType(),
                                contract.id().version(),
                                tenant == null ? "" : " of tenant <code>" + tenant + "</code>",
                                escape(contract.owner().team()),
                                escape(contract.owner().contact())));
        page.append("<table><tr><th>Field</th><th>Type</th><th>Meaning</th>")
                .append("<th>Personal data</th><th>Column</th><th>Since</th></tr>");
        fields(document, "");
        page.append("</table>");
        document.path("examples").forEach(this::example);
        history(versions);
        page.append("</section>");
    }

    private void fields(JsonNode schema, String path) {
        List<String> required =
                schema.path("required").valueStream().map(JsonNode::asString).toList();
        for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
            String name = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            row(name, field.getValue(), required.contains(field.getKey()));
            fields(field.getValue(), name);
            fields(field.getValue().path("items"), name + "[]");
        }
    }

    private void row(String name, JsonNode field, boolean required) {
        JsonNode column = field.path("x-column");
        String pii = field.path("x-pii").asString("none");
        page.append("<tr><td><code>%s</code></td>".formatted(escape(name)));
        cell(type(field) + (required ? ", required" : ""));
        cell(field.path("description").asString(""));
        page.append(pii.equals("none") ? "<td></td>" : "<td class=\"pii\">%s</td>".formatted(pii));
        cell(
                column.isMissingNode()
                        ? ""
                        : column.path("name").asString("")
                                + " "
                                + column.path("type").asString(""));
        cell(field.path("x-since").asString(""));
        page.append("</tr>");
    }

    private static String type(JsonNode field) {
        if (field.has("enum")) {
            return "one of "
                    + field.path("enum")
                            .valueStream()
                            .filter(value -> !value.isNull())
                            .map(JsonNode::asString)
                            .collect(Collectors.joining(", "));
        }
        String type =
                field.path("type").isArray()
                        ? field.path("type")
                                .valueStream()
                                .map(JsonNode::asString)
                                .filter(each -> !each.equals("null"))
                                .collect(Collectors.joining(" or "))
                        : field.path("type").asString("anything");
        return field.has("format") ? field.path("format").asString() : type;
    }

    private void example(JsonNode example) {
        page.append("<pre>").append(escape(JSON.writeValueAsString(example))).append("</pre>");
    }

    private void history(List<Contract> versions) {
        if (versions.size() < 2) {
            return;
        }
        page.append("<h3>Versions</h3><ul>");
        for (int i = versions.size() - 1; i > 0; i--) {
            String changes =
                    ContractEvolution.changes(versions.get(i - 1), versions.get(i)).stream()
                            .map(Change::toString)
                            .collect(Collectors.joining("; "));
            page.append(
                    "<li>%s: %s</li>".formatted(versions.get(i).id().version(), escape(changes)));
        }
        page.append("<li>%s: the first</li></ul>".formatted(versions.getFirst().id().version()));
    }

    private void cell(String text) {
        page.append("<td>").append(escape(text)).append("</td>");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
