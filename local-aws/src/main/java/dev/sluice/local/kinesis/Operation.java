package dev.sluice.local.kinesis;

/// One operation of the service.
@FunctionalInterface
interface Operation {

    /// @throws KinesisError when the service would answer with an error
    Reply answer(Call call);
}
