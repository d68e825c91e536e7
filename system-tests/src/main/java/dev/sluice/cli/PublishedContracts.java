package dev.sluice.cli;

import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.contracts.schema.TenantFolder;
import dev.sluice.fleet.FleetBucket;
import dev.sluice.runtime.reference.StoredFiles;

import java.util.Map;

/// The contracts and policies that the services of a bucket use.
final class PublishedContracts {

    private static final String PREFIX = "contracts/";

    private final StoredFiles registry;

    PublishedContracts(FleetBucket bucket) {
        registry = new StoredFiles(bucket.objects(), PREFIX);
    }

    /// By name.
    Map<String, byte[]> files() {
        return registry.read();
    }

    ContractCatalog catalog() {
        return ContractCatalog.of(place(), files());
    }

    /// Adds what is new. Of what is there only policies change. Review it first.
    ///
    /// @return how many files are new or changed
    int publish(Map<String, byte[]> files) {
        return registry.publish(files, TenantFolder::isPolicy);
    }

    String place() {
        return registry.place();
    }
}
