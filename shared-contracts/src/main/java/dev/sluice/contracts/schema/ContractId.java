package dev.sluice.contracts.schema;

import java.util.Comparator;
import java.util.regex.Pattern;

/// Names one contract: the event type it describes and the version of the description.
///
/// @param eventType lower case snake_case, `^[a-z][a-z0-9_]{0,63}$`
public record ContractId(String eventType, SchemaVer version) implements Comparable<ContractId> {

    private static final Pattern EVENT_TYPE = Pattern.compile("[a-z][a-z0-9_]{0,63}");
    private static final Comparator<ContractId> ORDER =
            Comparator.comparing(ContractId::eventType).thenComparing(ContractId::version);

    /// @throws IllegalArgumentException when `eventType` cannot be the name of an event type
    public ContractId {
        if (!isEventType(eventType)) {
            throw new IllegalArgumentException(
                    "event type must be 1 to 64 of a-z, 0-9 and _, starting with a letter");
        }
    }

    /// Whether `name` can be the name of an event type; a contract need not exist for it.
    public static boolean isEventType(String name) {
        return EVENT_TYPE.matcher(name).matches();
    }

    /// By event type, then by version, oldest first.
    @Override
    public int compareTo(ContractId other) {
        return ORDER.compare(this, other);
    }

    /// Such as `page_view/1-0-0`, which is also its place in a directory of contracts, without
    /// `.json`.
    @Override
    public String toString() {
        return eventType + "/" + version;
    }
}
