package dev.sluice.loader.quality;

/// Whose events of which type under which contract.
///
/// @param eventType empty if nobody could tell
/// @param version of the contract, `1-0-0`; empty for events that were refused without one
record TypeKey(String tenant, String source, String eventType, String version) {

    TypeOfTenant typeOfTenant() {
        return new TypeOfTenant(tenant, eventType);
    }

    TypeKey ofType() {
        return new TypeKey(tenant, source, eventType, "");
    }

    TypeKey ofSource() {
        return new TypeKey(tenant, source, "", "");
    }
}
