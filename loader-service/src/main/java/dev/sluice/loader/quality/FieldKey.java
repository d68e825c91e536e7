package dev.sluice.loader.quality;

/// A column that events of a type may fill.
record FieldKey(String tenant, String eventType, String field) {

    TypeOfTenant typeOfTenant() {
        return new TypeOfTenant(tenant, eventType);
    }
}
