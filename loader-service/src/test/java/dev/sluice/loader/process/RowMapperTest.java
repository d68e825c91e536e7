package dev.sluice.loader.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.rejection.Rejection;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.contracts.table.Column;
import dev.sluice.contracts.table.EventsTable;
import dev.sluice.loader.Fixtures;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class RowMapperTest {

    private static final EventsTable TABLE = EventsTable.bundled();

    private final RowMapper mapper = new RowMapper(TABLE);

    @Test
    void fillsColumnsFromEverySection() {
        Row row = fits(Fixtures.pageView("e1"));

        assertThat(value(row, "event_id")).isEqualTo("e1");
        assertThat(value(row, "tenant_id")).isEqualTo("acme");
        assertThat(value(row, "event_type")).isEqualTo("page_view");
        assertThat(value(row, "page_url")).isEqualTo("https://shop.example/");
        assertThat(value(row, "person_id")).isEqualTo("device-1");
        assertThat(value(row, "is_late")).isEqualTo(false);
        assertThat(value(row, "received_ts")).isEqualTo(1_795_255_200_123_456L);
        assertThat(value(row, "user_id")).isNull();
    }

    @Test
    void keepsContextAndPropertiesAsTheBytesTheClientSent() {
        Row row =
                fits(
                        purchase(
                                "{ \"order_id\" : \"o-1\", \"total\":12.50,\"currency\":\"EUR\",\"ünknown\":[1, 2] }"));

        assertThat(value(row, "properties"))
                .isEqualTo(
                        "{ \"order_id\" : \"o-1\", \"total\":12.50,\"currency\":\"EUR\",\"ünknown\":[1, 2] }");
        assertThat(value(row, "order_id")).isEqualTo("o-1");
        assertThat(value(row, "order_total")).isEqualTo(new BigDecimal("12.5000"));
        assertThat(value(row, "currency")).isEqualTo("EUR");
    }

    @Test
    void takesAPropertyOnlyForTheTypesWhoseContractNamesIt() {
        Row row =
                fits(
                        Fixtures.event(
                                "e1",
                                "page_view",
                                Duration.ZERO,
                                "{\"properties\":{\"order_id\":\"o-1\"}}"));

        assertThat(value(row, "order_id")).isNull();
        assertThat(value(row, "properties")).isEqualTo("{\"order_id\":\"o-1\"}");
    }

    /// Both tenants have a type of this name, and a column for the same place in it.
    @Test
    void takesAPropertyOnlyForTheTenantWhoseContractNamesIt() {
        Map<String, byte[]> files = new HashMap<>(ContractCatalog.bundledFiles());
        files.put("tenants/acme/booking/1-0-0.json", booking("acme", "acme_rooms"));
        files.put("tenants/other/booking/1-0-0.json", booking("other", "other_rooms"));
        EventsTable table = EventsTable.of(ContractCatalog.of("here", files));
        RowMapper own = new RowMapper(table);
        SectionedEvent event =
                Fixtures.event("e1", "booking", Duration.ZERO, "{\"properties\":{\"rooms\":3}}");

        Row ofAcme = ((MappedEvent.Fits) own.map(Fixtures.ACME, event)).row();
        Row ofOther = ((MappedEvent.Fits) own.map(new TenantId("other"), event)).row();
        Row ofThird = ((MappedEvent.Fits) own.map(new TenantId("third"), event)).row();

        assertThat(value(table, ofAcme, "acme_rooms")).isEqualTo(3L);
        assertThat(value(table, ofAcme, "other_rooms")).isNull();
        assertThat(value(table, ofOther, "other_rooms")).isEqualTo(3L);
        assertThat(value(table, ofOther, "acme_rooms")).isNull();
        assertThat(value(table, ofThird, "acme_rooms")).isNull();
        assertThat(value(table, ofThird, "other_rooms")).isNull();
        assertThat(value(table, ofThird, "properties")).isEqualTo("{\"rooms\":3}");
    }

    private static byte[] booking(String tenant, String column) {
        return """
               {"$schema": "https://json-schema.org/draft/2020-12/schema",
                "$id": "urn:sluice:contract:tenants:%s:booking:1-0-0", "title": "T",
                "description": "D", "x-owner": {"team": "t", "contact": "t@example.com"},
                "type": "object", "properties": {"rooms": {"type": "integer", "description": "D",
                 "x-pii": "none", "x-since": "1-0-0",
                 "x-column": {"name": "%s", "type": "INTEGER"}}}}
               """
                .formatted(tenant, column)
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aTypeWithoutAContractKeepsItsProperties() {
        Row row =
                fits(
                        Fixtures.event(
                                "e1", "brand_new", Duration.ZERO, "{\"properties\":{\"a\":1}}"));

        assertThat(value(row, "properties")).isEqualTo("{\"a\":1}");
    }

    @Test
    void namesThePartitionByTheHourInWhichTheEventHappened() {
        Row row = fits(Fixtures.event("e1", "page_view", Duration.ofHours(2), "{}"));

        assertThat(row.eventHour()).isEqualTo(1_795_255_200L / 3600 - 2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"order_id\":\"o\",\"total\":1.00005}|order_total|4 digits after the point",
                "{\"order_id\":\"o\",\"total\":123456789012345}|order_total|14 digits before the point",
                "{\"order_id\":\"o\",\"total\":1e999999999}|order_total|too many digits",
                "{\"order_id\":\"o\",\"total\":\"12\"}|order_total|expected a number",
                "{\"order_id\":\"o\",\"item_count\":1.5}|order_item_count|whole number",
                "{\"order_id\":\"o\",\"item_count\":99999999999}|order_item_count|2147483647",
                "{\"order_id\":\"o\",\"is_first_order\":\"yes\"}|is_first_order|true or false",
                "{\"order_id\":\"o\",\"currency\":\"ééé\"}|currency|holds 3 bytes of UTF-8, the value has 6",
                "{\"order_id\":[\"o\"]}|order_id|not a list",
                "{\"order_id\":\"a\\u0000b\"}|order_id|U+0000",
                "{\"order_id\":\"o\",\"note\":\"a\\u0000b\"}|properties|U+0000",
                "{\"order_id\":\"\\ud83d\"}|order_id|surrogate",
                "{\"order_id\":\"o\",\"note\":\"\\ud83dx\"}|properties|surrogate",
                "{\"order_id\":\"o\",\"note\":\"\\ude00\"}|properties|surrogate",
                "{\"order_id\":\"o\",\"note\":[true,-1.5E+400]}|properties|floating point",
            })
    void namesTheColumnThatAValueDoesNotFit(String properties, String column, String expected) {
        Rejection why = refused(purchase(properties));

        assertThat(why).isInstanceOf(Rejection.DoesNotFit.class);
        assertThat(((Rejection.DoesNotFit) why).column()).isEqualTo(column);
        assertThat(why.message()).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"1.50, 1.5000", "0, 0.0000", "99999999999999.9999, 99999999999999.9999"})
    void decimalsThatFitAreKeptExactly(String written, BigDecimal expected) {
        Row row = fits(purchase("{\"order_id\":\"o\",\"total\":" + written + "}"));

        assertThat(value(row, "order_total")).isEqualTo(expected);
    }

    @Test
    void whatOnlyLooksStrangeIsKept() {
        String properties =
                "{\"order_id\":\"\\ud83d\\ude00\",\"a\":[true,false,1e-300,12e3],\"b\":\"\\\\u0000 1e999\"}";

        assertThat(value(fits(purchase(properties)), "properties")).isEqualTo(properties);
    }

    @Test
    void propertiesLargerThanSuperAreRefusedWhole() {
        Rejection why = refused(purchase("{\"note\":\"" + "x".repeat(70_000) + "\"}"));

        assertThat(why.message()).contains("column properties").contains("65535 bytes");
    }

    @Test
    void theMessageNeverShowsTheValue() {
        Rejection why = refused(purchase("{\"order_id\":\"o\",\"total\":\"anna@example.com\"}"));

        assertThat(why.message()).doesNotContain("anna");
    }

    @Test
    void anEventThatNoValidatorSawIsRefusedNotThrown() {
        SectionedEvent event = Fixtures.pageView("e1");

        assertThat(refused(SectionedEvent.received(event.receipt(), event.body())))
                .isInstanceOf(Rejection.DecodeFailure.class);
    }

    private static SectionedEvent purchase(String properties) {
        return Fixtures.event(
                "e1", "purchase", Duration.ZERO, "{\"properties\":" + properties + "}");
    }

    private Row fits(SectionedEvent event) {
        return ((MappedEvent.Fits) mapper.map(Fixtures.ACME, event)).row();
    }

    private Rejection refused(SectionedEvent event) {
        return ((MappedEvent.Refused) mapper.map(Fixtures.ACME, event)).why();
    }

    private static @Nullable Object value(Row row, String column) {
        return value(TABLE, row, column);
    }

    private static @Nullable Object value(EventsTable table, Row row, String column) {
        List<Column> columns = table.stagingColumns();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(column)) {
                Object value = row.values()[i];
                return value instanceof byte[] utf8
                        ? new String(utf8, StandardCharsets.UTF_8)
                        : value;
            }
        }
        throw new AssertionError("no column " + column);
    }
}
