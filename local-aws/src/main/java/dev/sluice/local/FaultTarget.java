package dev.sluice.local;

import dev.sluice.local.dynamodb.DynamoDbServer;
import dev.sluice.local.eventbridge.EventBridgeServer;
import dev.sluice.local.fault.FaultRules;
import dev.sluice.local.kinesis.KinesisServer;
import dev.sluice.local.redshift.RedshiftServer;
import dev.sluice.local.s3.S3Server;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/// What the [AdminServer] can do to an emulator.
///
/// @param rules its faults
/// @param stop refuses connections and cuts those there are
/// @param start listens again on the same port
record FaultTarget(FaultRules<?> rules, Runnable stop, Runnable start, BooleanSupplier isStopped) {

    static Optional<FaultTarget> of(AutoCloseable server) {
        return switch (server) {
            case KinesisServer s ->
                    Optional.of(
                            new FaultTarget(s.faults().rules(), s::goAway, s::comeBack, s::isAway));
            case DynamoDbServer s ->
                    Optional.of(
                            new FaultTarget(s.faults().rules(), s::goAway, s::comeBack, s::isAway));
            case S3Server s ->
                    Optional.of(
                            new FaultTarget(s.faults().rules(), s::goAway, s::comeBack, s::isAway));
            case EventBridgeServer s ->
                    Optional.of(
                            new FaultTarget(s.faults().rules(), s::goAway, s::comeBack, s::isAway));
            case RedshiftServer s ->
                    Optional.of(
                            new FaultTarget(s.faults().rules(), s::pause, s::resume, s::isPaused));
            default -> Optional.empty();
        };
    }

    void heal() {
        rules.clear();
        start.run();
    }
}
