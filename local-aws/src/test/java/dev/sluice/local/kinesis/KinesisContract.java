package dev.sluice.local.kinesis;

/// The whole contract, written against the SDK's clients alone: whatever serves it is a Kinesis to
/// Sluice.
interface KinesisContract extends StreamContract, RecordContract, ReshardContract {

    @Override
    default Probe probe() {
        return new Probe(client());
    }
}
