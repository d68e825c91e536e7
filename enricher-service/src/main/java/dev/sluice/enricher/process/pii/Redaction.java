package dev.sluice.enricher.process.pii;

import dev.sluice.contracts.derived.Derived;
import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.CheckedFacts;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.pii.BodyRedactor;
import dev.sluice.contracts.pii.EventRules;
import dev.sluice.contracts.pii.IpMask;
import dev.sluice.contracts.pii.text.PiiKind;
import dev.sluice.contracts.pii.text.TextScrubber;
import dev.sluice.enricher.process.EnrichmentFields;
import dev.sluice.enricher.process.EventView;
import dev.sluice.enricher.process.Switches;

import org.jspecify.annotations.Nullable;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The last step: takes what is personal out of every section of an event, and out of what was
/// learned about it. Ids that hold an e-mail address or a phone number get the same pseudonym
/// everywhere. Thread-safe.
public final class Redaction {

    /// The switch for all but IP addresses.
    public static final String NAME = "pii";

    /// The switch for truncating IP addresses.
    public static final String IP_TRUNCATION = "ip_truncation";

    private static final String PERSON = "person_id";

    /// Columns with texts that come from the addresses of pages.
    private static final List<String> TEXTS =
            List.of("traffic_source", "traffic_medium", "traffic_campaign", "traffic_term");

    private final BodyRedactor redactor;
    private final BodyRedactor keepingAddresses;
    private final Supplier<EventRules> rules;
    private final Switches switches;

    /// @param rules of the contracts there are now
    public Redaction(BodyRedactor redactor, Supplier<EventRules> rules, Switches switches) {
        this.redactor = redactor;
        keepingAddresses = redactor.keepingAddresses();
        this.rules = rules;
        this.switches = switches;
    }

    /// The event without what is personal.
    ///
    /// @param fields what was learned; loses what is personal too, and gets `pii_masked`
    /// @throws RuntimeException if it cannot be redacted as a whole; its message may quote it,
    ///     so it goes nowhere
    public Redacted apply(EventView event, EnrichmentFields fields) {
        TenantId tenant = event.receipt().tenantId();
        boolean masks = switches.isOn(tenant, NAME);
        boolean truncates = switches.isOn(tenant, IP_TRUNCATION);
        SectionedEvent given = event.event();
        Set<PiiKind> kinds = EnumSet.noneOf(PiiKind.class);
        SectionTexts receipt = receipt(event, masks, truncates);
        SectionTexts facts = facts(event, masks, truncates);
        Bytes body = given.body();
        if (masks) {
            CheckedFacts checked = event.facts();
            body =
                    (truncates ? redactor : keepingAddresses)
                            .redact(
                                    tenant,
                                    rules.get()
                                            .of(
                                                    tenant,
                                                    checked.eventType(),
                                                    checked.schemaVersion()),
                                    body,
                                    kinds);
            learned(tenant, fields, kinds);
        }
        fields.text("pii_masked", kinds.isEmpty() ? null : text(kinds));
        SectionedEvent redacted =
                new SectionedEvent(
                        receipt.in(given.receipt()),
                        body,
                        facts.in(given.requireChecked()),
                        given.enrichment(),
                        given.origin());
        return new Redacted(redacted, kinds);
    }

    /// A fact that follows from events, without what is personal.
    public Derived apply(Derived fact) {
        return DerivedFacts.redact(fact, this);
    }

    boolean isOn(TenantId tenant) {
        return switches.isOn(tenant, NAME);
    }

    /// The id, or its pseudonym.
    @Nullable String id(TenantId tenant, @Nullable String id) {
        @Nullable String pseudonym = redactor.pseudonymOf(tenant, id);
        return pseudonym == null ? id : pseudonym;
    }

    /// The text, or what is left of it.
    static @Nullable String scrubbed(@Nullable String text, Set<PiiKind> kinds) {
        @Nullable String left = text == null ? null : TextScrubber.scrub(text, kinds);
        return left == null ? text : left;
    }

    Bytes body(TenantId tenant, Bytes body) {
        return redactor.redact(
                tenant, rules.get().ofUnknown(), body, EnumSet.noneOf(PiiKind.class));
    }

    private SectionTexts receipt(EventView event, boolean masks, boolean truncates) {
        Receipt receipt = event.receipt();
        SectionTexts texts = new SectionTexts();
        if (truncates) {
            address(receipt.ip(), texts);
        }
        int id = receipt.partitionKey().indexOf('/') + 1;
        if (masks
                && redactor.pseudonymOf(receipt.tenantId(), receipt.partitionKey().substring(id))
                        != null) {
            // The same point of the stream's keys, so that order and replays stay what they are.
            texts.set("partition_key", event.received().key().asPartitionKey());
        }
        return texts;
    }

    private SectionTexts facts(EventView event, boolean masks, boolean truncates) {
        CheckedFacts facts = event.facts();
        SectionTexts texts = new SectionTexts();
        if (truncates) {
            address(facts.ip(), texts);
        }
        if (masks) {
            TenantId tenant = event.receipt().tenantId();
            id("anonymous_id", tenant, facts.anonymousId(), texts);
            id("user_id", tenant, facts.userId(), texts);
            id("session_id", tenant, facts.sessionId(), texts);
        }
        return texts;
    }

    private static void address(@Nullable String ip, SectionTexts texts) {
        if (ip != null) {
            @Nullable String network = IpMask.truncate(ip);
            texts.set("ip", network == null ? PiiKind.IP.token() : network);
        }
    }

    private void id(String name, TenantId tenant, @Nullable String id, SectionTexts texts) {
        @Nullable String pseudonym = redactor.pseudonymOf(tenant, id);
        if (pseudonym != null) {
            texts.set(name, pseudonym);
        }
    }

    private void learned(TenantId tenant, EnrichmentFields fields, Set<PiiKind> kinds) {
        @Nullable String person = redactor.pseudonymOf(tenant, fields.text(PERSON));
        if (person != null) {
            fields.text(PERSON, person);
            kinds.add(PiiKind.ID);
        }
        for (String column : TEXTS) {
            @Nullable String text = fields.text(column);
            @Nullable String left = scrubbed(text, kinds);
            if (left != null && !left.equals(text)) {
                fields.text(column, left);
            }
        }
    }

    private static String text(Set<PiiKind> kinds) {
        return kinds.stream().map(PiiKind::text).collect(Collectors.joining(","));
    }
}
