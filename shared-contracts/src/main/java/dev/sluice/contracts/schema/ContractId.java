package dev.sluice.contracts.schema;

import java.util.Comparator;

/// Names one contract: the event type it describes and the version of the description.
public record ContractId(EventTypeId type, SchemaVer version) implements Comparable<ContractId> {

    private static final Comparator<ContractId> ORDER =
            Comparator.comparing(ContractId::type).thenComparing(ContractId::version);

    /// Of a type of every tenant.
    ///
    /// @throws IllegalArgumentException when `eventType` cannot be the name of an event type
    public ContractId(String eventType, SchemaVer version) {
        this(EventTypeId.common(eventType), version);
    }

    /// The name of the event type, as its tenant calls it.
    public String eventType() {
        return type.eventType();
    }

    /// The contract as its tenant calls it, such as `page_view/1-0-0`.
    public String withinTenant() {
        return eventType() + "/" + version;
    }

    /// By event type, then by version, oldest first.
    @Override
    public int compareTo(ContractId other) {
        return ORDER.compare(this, other);
    }

    /// Such as `page_view/1-0-0` or `tenants/shop/booking/1-0-0`, which is also its place in a
    /// directory of contracts, without `.json`.
    @Override
    public String toString() {
        return type + "/" + version;
    }
}
