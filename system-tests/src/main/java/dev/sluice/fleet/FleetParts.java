package dev.sluice.fleet;

import dev.sluice.enricher.EnrichSteps;
import dev.sluice.enricher.EnricherApplication;
import dev.sluice.loader.LoaderApplication;
import dev.sluice.loader.layout.EventRows;
import dev.sluice.loader.layout.Layouts;
import dev.sluice.loader.queue.LoadQueue;
import dev.sluice.local.LocalEndpoints;
import dev.sluice.runtime.books.BooksStore;
import dev.sluice.runtime.identity.IdentityStore;
import dev.sluice.runtime.reference.Reference;
import dev.sluice.validator.ValidateSteps;
import dev.sluice.validator.ValidatorApplication;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Parts of the services of a fleet on this machine, made with the settings that these run with.
public final class FleetParts implements AutoCloseable {

    private static final String PLENTY = "1000000";

    private final AssembledService validator;
    private final AssembledService enricher;
    private final AssembledService loader;

    private FleetParts(
            AssembledService validator, AssembledService enricher, AssembledService loader) {
        this.validator = validator;
        this.enricher = enricher;
        this.loader = loader;
    }

    /// @param settings that differ from those of the fleet, by their keys
    /// @param writes whether links between ids may be stored
    public static FleetParts of(
            FleetEndpoints fleet, Map<String, String> settings, boolean writes) {
        LocalEndpoints aws = endpoints(fleet);
        UnaryOperator<IdentityStore> identities =
                writes ? UnaryOperator.identity() : ReadOnlyIdentities::new;
        Map<String, String> enricher = LocalSettings.enricher(aws);
        // Nobody waits here: what live traffic had no time to look up is looked up now.
        enricher.put("sluice.enricher.device.parses-per-second", PLENTY);
        enricher.put("sluice.enricher.device.parse-burst", PLENTY);
        enricher.put("sluice.enricher.identity.time-limit", "30s");
        return new FleetParts(
                AssembledService.of(
                        service(
                                "validator",
                                ValidatorApplication.class,
                                LocalSettings.validator(aws),
                                settings)),
                AssembledService.of(
                        service("enricher", EnricherApplication.class, enricher, settings),
                        IdentityStore.class,
                        identities),
                AssembledService.of(
                        service(
                                "loader",
                                LoaderApplication.class,
                                LocalSettings.loader(aws),
                                settings)));
    }

    public ValidateSteps.Source validate() {
        return validator.part(ValidateSteps.Source.class);
    }

    public EnrichSteps.Source enrich() {
        return enricher.part(EnrichSteps.Source.class);
    }

    /// Under the contracts of this moment.
    public EventRows rows() {
        if (loader.part("contracts") instanceof Reference<?> contracts
                && contracts.get() instanceof EventRows rows) {
            return rows;
        }
        throw new IllegalStateException("the loader's contracts are no rows");
    }

    public Layouts layouts() {
        return loader.part(Layouts.class);
    }

    public LoadQueue queue() {
        return loader.part(LoadQueue.class);
    }

    public BooksStore books() {
        return validator.part(BooksStore.class);
    }

    @Override
    public void close() {
        loader.close();
        enricher.close();
        validator.close();
    }

    private static Service service(
            String name,
            Class<?> application,
            Map<String, String> own,
            Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(own);
        settings.forEach(
                (key, value) -> {
                    if (key.startsWith("sluice." + name + ".")) {
                        all.put(key, value);
                    }
                });
        return new Service(name, application, all);
    }

    private static LocalEndpoints endpoints(FleetEndpoints fleet) {
        return new LocalEndpoints(
                fleet.region(),
                "local",
                "local",
                URI.create(fleet.kinesisEndpoint()),
                URI.create(fleet.dynamodbEndpoint()),
                URI.create(fleet.s3Endpoint()),
                URI.create(fleet.eventbridgeEndpoint()),
                fleet.jdbcUrl(),
                fleet.jdbcUser(),
                fleet.jdbcPassword(),
                null,
                fleet.bucket());
    }
}
