package dev.sluice.validator.process.accept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.contracts.schema.TenantFolder;
import dev.sluice.contracts.schema.UnknownTypes;
import dev.sluice.validator.process.body.BodyParser;
import dev.sluice.validator.process.body.ParsedBody;
import dev.sluice.validator.process.contract.CompiledContracts;
import dev.sluice.validator.process.contract.ContractCheck;
import dev.sluice.validator.process.contract.ContractVerdict;
import dev.sluice.validator.process.type.EventTypeNames;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The quick way never says yes where the full check says no, and reads the same of an event.
class AgreementTest {

    private static final int EVENTS = 120_000;
    private static final TenantId OWNER = new TenantId("travel");
    private static final TenantId OTHER = new TenantId("shop");

    private final ContractCatalog catalog = ContractCatalog.of("here", halfOfATenant());
    private final CompiledContracts contracts = new CompiledContracts(catalog);
    private final EventTypeNames names = new EventTypeNames(contracts::has);
    private final BodyParser parser = new BodyParser();
    private final ContractCheck full = new ContractCheck(() -> contracts, UnknownTypes.QUARANTINE);

    @Test
    void saysYesToEveryExample() {
        for (byte[] event : SpoiledEvents.good()) {
            assertThat(read(OWNER, event)).as(text(event)).isPresent();
            agrees(OWNER, event);
            boolean common = isCommon(event);
            assertThat(read(OTHER, event).isPresent()).as(text(event)).isEqualTo(common);
            assertThat(isValid(OTHER, event)).as(text(event)).isEqualTo(common);
        }
    }

    @Test
    void saysYesOnlyWhereTheFullCheckDoes() {
        SpoiledEvents events = new SpoiledEvents(5);
        int yes = 0;
        int valid = 0;
        for (int i = 0; i < EVENTS; i++) {
            byte[] event = events.next();
            yes += agrees(OWNER, event) ? 1 : 0;
            valid += isValid(OWNER, event) ? 1 : 0;
            agrees(OTHER, event);
        }
        assertThat(valid).isGreaterThan(EVENTS / 4);
        assertThat(EVENTS - valid).isGreaterThan(EVENTS / 4);
        assertThat(yes).as("of %d valid", valid).isGreaterThan(valid * 9 / 10);
    }

    /// A body is a slice of a frame: what is around it does not matter.
    @Test
    void readsASlice() {
        for (byte[] event : List.copyOf(SpoiledEvents.good()).subList(0, 10)) {
            byte[] around =
                    ("{\"a\":1}" + text(event) + "garbage").getBytes(StandardCharsets.UTF_8);
            assertThat(
                            contracts
                                    .acceptRules()
                                    .read(OWNER, new Bytes(around, 7, event.length), names))
                    .isEqualTo(read(OWNER, event));
        }
    }

    /// @return whether the quick way says yes
    private boolean agrees(TenantId tenant, byte[] event) {
        Optional<AcceptedEvent> quick = read(tenant, event);
        if (quick.isEmpty()) {
            return false;
        }
        if (!(parser.parse(bytes(event)) instanceof ParsedBody.Event body)) {
            return fail("accepted what cannot be parsed: " + text(event));
        }
        String type = names.resolve(tenant, quick.get().name());
        assertThat(quick.get().name()).isEqualTo(body.text("event_type"));
        assertThat(quick.get().type()).isEqualTo(type);
        assertThat(full.check(tenant, type, body))
                .as(text(event))
                .isEqualTo(new ContractVerdict.Kept(quick.get().version()));
        assertThat(quick.get().facts()).as(text(event)).isEqualTo(body.facts());
        return true;
    }

    private boolean isValid(TenantId tenant, byte[] event) {
        return parser.parse(bytes(event)) instanceof ParsedBody.Event body
                && body.text("event_type") instanceof String name
                && !name.isBlank()
                && full.check(tenant, names.resolve(tenant, name), body)
                        instanceof ContractVerdict.Kept;
    }

    private Optional<AcceptedEvent> read(TenantId tenant, byte[] event) {
        return contracts.acceptRules().read(tenant, bytes(event), names);
    }

    private boolean isCommon(byte[] event) {
        return parser.parse(bytes(event)) instanceof ParsedBody.Event body
                && body.text("event_type") instanceof String name
                && catalog.eventTypes().contains(names.resolve(OWNER, name));
    }

    /// The bundled contracts, but every second type is one that a tenant adds.
    private static Map<String, byte[]> halfOfATenant() {
        List<String> types = List.copyOf(ContractCatalog.bundled().eventTypes());
        Map<String, byte[]> files = new TreeMap<>();
        ContractCatalog.bundledFiles()
                .forEach(
                        (name, json) -> {
                            String type = name.substring(0, name.indexOf('/'));
                            if (types.indexOf(type) % 2 == 1) {
                                files.put(
                                        new TenantFolder(OWNER).prefix() + name,
                                        text(json)
                                                .replace(
                                                        "urn:sluice:contract:",
                                                        "urn:sluice:contract:tenants:travel:")
                                                .getBytes(StandardCharsets.UTF_8));
                            } else {
                                files.put(name, json);
                            }
                        });
        return files;
    }

    private static Bytes bytes(byte[] event) {
        return new Bytes(event, 0, event.length);
    }

    private static String text(byte[] event) {
        return new String(event, StandardCharsets.UTF_8);
    }
}
