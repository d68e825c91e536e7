package dev.sluice.fleet;

import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.local.LocalEndpoints;
import dev.sluice.runtime.reference.StoredFiles;

/// The contracts, which in the cloud a deployment publishes.
final class LocalContracts {

    static final String PREFIX = "contracts/";

    private LocalContracts() {}

    /// Publishes the bundled ones, besides what is published already.
    static void publish(LocalEndpoints aws) {
        try (FleetBucket bucket = FleetBucket.of(aws.s3(), aws.region(), aws.bucket())) {
            var _ =
                    new StoredFiles(bucket.objects(), PREFIX)
                            .publish(ContractCatalog.bundledFiles());
        }
    }
}
