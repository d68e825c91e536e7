package dev.sluice.contracts.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contracts.event.EventSection;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.schema.Contract;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.contracts.schema.DeclaredColumn;
import dev.sluice.contracts.schema.EventTypeId;
import dev.sluice.contracts.schema.InvalidContract;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

class EventsTableTest {

    private static final ContractCatalog CATALOG = ContractCatalog.bundled();
    private static final EventsTable TABLE = EventsTable.of(CATALOG);

    @TempDir Path root;

    static Stream<Contract> contracts() {
        return Stream.concat(Stream.of(CATALOG.envelope()), CATALOG.contracts().stream());
    }

    @Test
    void beginsWithTheEventAndEndsWithTheLoad() {
        assertThat(TABLE.columns()).extracting(Column::name).startsWith("event_id", "tenant_id");
        assertThat(TABLE.columns())
                .extracting(Column::name)
                .endsWith("context", "properties", "loaded_ts");
        assertThat(TABLE.columns()).extracting(Column::name).doesNotHaveDuplicates();
    }

    @Test
    void putsTheColumnsOfContractsBetweenInTheOrderOfTheirNames() {
        List<String> names = TABLE.columns().stream().map(Column::name).toList();
        List<String> contracts =
                names.subList(names.indexOf("campaign_content") + 1, names.indexOf("context"));
        assertThat(contracts).contains("product_price", "message_text", "order_total").isSorted();
    }

    @Test
    void stagesEverythingButTheTimeOfLoading() {
        assertThat(TABLE.stagingColumns())
                .isEqualTo(TABLE.columns().subList(0, TABLE.columns().size() - 1));
    }

    @Test
    void requiresOnlyWhatEveryEventHas() {
        assertThat(TABLE.columns().stream().filter(Column::notNull).map(Column::name))
                .containsExactly(
                        "event_id",
                        "tenant_id",
                        "source_id",
                        "received_ts",
                        "event_type",
                        "schema_version",
                        "event_ts");
    }

    @Test
    void readsAColumnOfAContractOnlyFromItsEventTypes() {
        Column price = TABLE.column("product_price").orElseThrow();
        assertThat(price.type()).isEqualTo(new ColumnType.Decimal(18, 4));
        assertThat(price.appliesTo(EventTypeId.common("product_view"))).isTrue();
        assertThat(price.appliesTo(EventTypeId.common("add_to_cart"))).isTrue();
        assertThat(price.appliesTo(EventTypeId.common("page_view"))).isFalse();
        assertThat(price.appliesTo(EventTypeId.common("never_heard_of"))).isFalse();
        assertThat(columnsOf("never_heard_of"))
                .extracting(Column::name)
                .contains("page_url", "properties")
                .doesNotContain("product_price", "loaded_ts");
    }

    @Test
    void givesEachPlaceOfAnEventTypeOneColumn() {
        for (String type : CATALOG.eventTypes()) {
            assertThat(columnsOf(type)).extracting(Column::source).doesNotHaveDuplicates();
        }
    }

    @Test
    void agreesWithTheEnvelope() {
        for (DeclaredColumn declared : CATALOG.envelope().columns()) {
            Column column = TABLE.column(declared.name()).orElseThrow();
            assertThat(column.type()).isEqualTo(ColumnType.parse(declared.type()));
            if (column.source() instanceof ColumnSource.InEvent in
                    && in.section() == EventSection.BODY) {
                assertThat(in.pointer()).isEqualTo(declared.pointer());
            }
        }
        List<String> declared =
                CATALOG.envelope().columns().stream().map(DeclaredColumn::name).toList();
        assertThat(declared)
                .containsAll(
                        columnsOf("never_heard_of").stream()
                                .filter(EventsTableTest::isOfContext)
                                .map(Column::name)
                                .toList());
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void matchesTheTypesOfTheWire(Contract contract) {
        String below = CATALOG.envelope().equals(contract) ? "" : "/properties";
        for (DeclaredColumn declared : contract.columns()) {
            String pointer = declared.pointer().toString().substring(below.length());
            JsonNode field = contract.document().at(pointer.replace("/", "/properties/"));
            String wire = field.path("type").toString().replaceAll("[\\[\\]\"]|,\"null\"", "");
            assertThat(wire)
                    .as(declared.name())
                    .isIn(
                            switch (ColumnType.parse(declared.type())) {
                                case ColumnType.Varchar text -> List.of("string");
                                case ColumnType.Bigint big -> List.of("integer");
                                case ColumnType.Int integer -> List.of("integer");
                                case ColumnType.Decimal decimal -> List.of("number");
                                case ColumnType.DoublePrecision number -> List.of("number");
                                case ColumnType.Bool bool -> List.of("boolean");
                                case ColumnType.Timestamp time -> List.of("string");
                                case ColumnType.Super any -> List.of("array", "object");
                            });
        }
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void holdsWhatAContractAdmits(Contract contract) {
        boolean envelope = CATALOG.envelope().equals(contract);
        String below = envelope ? "" : "/properties";
        // Four bytes are the longest character of UTF-8. The fields of the envelope are ASCII but
        // for texts.
        int bytesPerCharacter = envelope ? 1 : 4;
        for (DeclaredColumn declared : contract.columns()) {
            String pointer = declared.pointer().toString().substring(below.length());
            JsonNode field = contract.document().at(pointer.replace("/", "/properties/"));
            switch (ColumnType.parse(declared.type())) {
                case ColumnType.Varchar(int bytes) ->
                        assertThat(field.path("maxLength").asInt(0) * bytesPerCharacter)
                                .as(declared.name())
                                .isLessThanOrEqualTo(bytes);
                case ColumnType.Int integer ->
                        assertThat(field.path("maximum").asLong(Long.MAX_VALUE))
                                .as(declared.name())
                                .isLessThanOrEqualTo(Integer.MAX_VALUE);
                case ColumnType.Decimal(int precision, int scale) ->
                        assertThat(field.path("maximum").asDouble(Double.MAX_VALUE))
                                .as(declared.name())
                                .isLessThan(Math.pow(10, precision - scale));
                case ColumnType.Timestamp time ->
                        assertThat(field.path("format").asString("")).isEqualTo("date-time");
                case ColumnType.Bigint big -> {}
                case ColumnType.DoublePrecision number -> {}
                case ColumnType.Bool bool -> {}
                case ColumnType.Super any -> {}
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "product_price | DECIMAL(18,2) | weight | column product_price is DECIMAL(18,2) at /properties/weight",
                "user_id       | VARCHAR(256)  | weight | column user_id is one of every event",
                "loaded_ts     | TIMESTAMP     | weight | column loaded_ts is one of every event",
                "Weight        | INTEGER       | weight | x-column of /properties/weight: not a column name",
                "weight        | NUMBER        | weight | x-column of /properties/weight: unknown column type NUMBER",
            })
    void namesTheContractWhoseColumnIsWrong(String name, String type, String field, String problem)
            throws IOException {
        writeEnvelope();
        write("a_product", "product_price", "DECIMAL(18,4)", "price");
        write("parcel", name, type, field);
        ContractCatalog catalog = ContractCatalog.fromDirectory(root);
        assertThatThrownBy(() -> EventsTable.of(catalog))
                .isInstanceOf(InvalidContract.class)
                .hasMessageStartingWith("parcel/1-0-0: ")
                .hasMessageContaining(problem);
    }

    @Test
    void readsAColumnOfATenantOnlyFromItsOwnType() throws IOException {
        writeEnvelope();
        write("tenants/shop/booking", "booking_rooms", "INTEGER", "rooms");
        write("tenants/travel/booking", "booking_seats", "INTEGER", "seats");
        EventsTable table = EventsTable.of(ContractCatalog.fromDirectory(root));

        Column rooms = table.column("booking_rooms").orElseThrow();
        assertThat(rooms.appliesTo(new EventTypeId(new TenantId("shop"), "booking"))).isTrue();
        assertThat(rooms.appliesTo(new EventTypeId(new TenantId("travel"), "booking"))).isFalse();
        assertThat(rooms.appliesTo(EventTypeId.common("booking"))).isFalse();
    }

    @Test
    void refusesMoreColumnsThanATableCanHave() throws IOException {
        writeEnvelope();
        int base = EventsTable.of(ContractCatalog.fromDirectory(root)).columns().size();
        for (int i = base; i < EventsTable.MOST_COLUMNS; i++) {
            write("tenants/t" + i + "/tap", "column_" + i, "INTEGER", "force");
        }
        assertThat(EventsTable.of(ContractCatalog.fromDirectory(root)).columns())
                .hasSize(EventsTable.MOST_COLUMNS);

        write("tenants/last/tap", "column_last", "INTEGER", "force");

        ContractCatalog tooMany = ContractCatalog.fromDirectory(root);
        assertThatThrownBy(() -> EventsTable.of(tooMany))
                .isInstanceOf(InvalidContract.class)
                .hasMessageStartingWith("events: would have 1601 columns, the limit is 1600");
    }

    private static List<Column> columnsOf(String eventType) {
        EventTypeId type = EventTypeId.common(eventType);
        return TABLE.stagingColumns().stream().filter(column -> column.appliesTo(type)).toList();
    }

    private static boolean isOfContext(Column column) {
        return column.source() instanceof ColumnSource.InEvent in
                && in.section() == EventSection.BODY
                && in.pointer().toString().startsWith("/context/");
    }

    private void writeEnvelope() throws IOException {
        Path folder = Files.createDirectories(root.resolve("envelope"));
        Files.writeString(folder.resolve("1-0-0.json"), CATALOG.envelope().document().toString());
    }

    private void write(String eventType, String name, String type, String field)
            throws IOException {
        Path folder = Files.createDirectories(root.resolve(eventType));
        Files.writeString(
                folder.resolve("1-0-0.json"),
                """
                {"$schema": "https://json-schema.org/draft/2020-12/schema",
                 "$id": "urn:sluice:contract:%s:1-0-0", "title": "T", "description": "D",
                 "x-owner": {"team": "t", "contact": "t@example.com"}, "type": "object",
                 "properties": {"%s": {"type": "number", "description": "D", "x-pii": "none",
                                       "x-since": "1-0-0", "x-column": {"name": "%s", "type": "%s"}}}}
                """
                        .formatted(eventType.replace('/', ':'), field, name, type));
    }
}
