package dev.sluice.enricher.process.pii;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.pii.BodyRedactor;
import dev.sluice.contracts.pii.EventRules;
import dev.sluice.contracts.pii.FieldRule;
import dev.sluice.contracts.pii.text.PiiKind;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.enricher.Fixtures;

import java.util.EnumSet;

/// What the redaction of a body of 2 KB costs: a page view with nothing personal, one with a long
/// query, and a message with an address and a number.
public final class RedactionCost {

    private static final int ROUNDS = 12;
    private static final int EVENTS = 100_000;

    private RedactionCost() {}

    public static void main(String[] args) {
        TenantId tenant = new TenantId("shop");
        EventRules rules = new EventRules(ContractCatalog.bundled());
        BodyRedactor redactor = BodyRedactor.with(Fixtures.PSEUDONYMS);
        String clean =
                body(
                        "page_view",
                        "https://shop.example/lamps/desk?color=red",
                        "Do you have it in red?");
        String query =
                body(
                        "page_view",
                        "https://shop.example/p/8841207733?utm_source=google&gclid=CjwKCAjw123456789",
                        "Do you have it in red?");
        String personal =
                body(
                        "message_sent",
                        "https://shop.example/chat",
                        "Write to eva@mail.example or call 030 23125 014, order 302-88121");
        for (String each : new String[] {clean, query, personal}) {
            String type = each.substring(15, each.indexOf('"', 15));
            FieldRule rule = rules.of(tenant, type, "1-0-0");
            measure(redactor, tenant, rule, Bytes.utf8(each));
        }
    }

    private static void measure(
            BodyRedactor redactor, TenantId tenant, FieldRule rule, Bytes body) {
        long best = Long.MAX_VALUE;
        EnumSet<PiiKind> kinds = EnumSet.noneOf(PiiKind.class);
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < EVENTS; i++) {
                redactor.redact(tenant, rule, body, kinds);
            }
            best = Math.min(best, System.nanoTime() - start);
        }
        System.out.printf(
                "%d bytes, found %s: %.2f µs%n", body.length(), kinds, best / 1e3 / EVENTS);
    }

    private static String body(String type, String url, String text) {
        StringBuilder body = new StringBuilder(2100);
        body.append("{\"event_type\":\"")
                .append(type)
                .append(
                        "\",\"event_id\":\"018f4f5e-7a1c-7c3e-9b1a-5f1f6a7b8c9d\",\"anonymous_id\":\"018f4f5e-7a1c-7c3e-9b1a-5f1f6a7b8c9e\",\"event_ts\":\"2026-11-30T10:00:00.123Z\",\"context\":{\"page\":{\"url\":\"")
                .append(url)
                .append(
                        "\",\"path\":\"/lamps/desk\",\"referrer\":\"https://www.google.example/\",\"title\":\"Desk lamps\"},\"library\":{\"name\":\"analytics.js\",\"version\":\"2.1.0\"},\"locale\":\"de-DE\",\"screen\":{\"width\":1920,\"height\":1080},\"consent\":{\"analytics\":true}},\"properties\":{\"conversation_id\":\"conv-5521\",\"message_id\":\"msg-1\",\"message_text\":\"")
                .append(text)
                .append("\",\"items\":[");
        int item = 0;
        while (body.length() < 1900) {
            body.append(item++ == 0 ? "" : ",")
                    .append(
                            "{\"product_id\":\"lamp-17\",\"label\":\"Lamp with a shade\",\"price\":49.99,\"stock\":true}");
        }
        return body.append("]}}").toString();
    }
}
