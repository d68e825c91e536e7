package dev.sluice.local.kinesis;

import java.util.List;

/// Enhanced fan-out, which is not offered: readers poll with GetRecords. Lists are empty, nothing
/// can be registered.
final class ConsumerOperations {

    private final StreamDirectory streams;

    ConsumerOperations(StreamDirectory streams) {
        this.streams = streams;
    }

    Reply list(Call call) {
        streams.of(call.parameters());
        return out -> out.startArray("Consumers").endArray();
    }

    Reply describe(Call call) {
        String consumer =
                call.parameters()
                        .text("ConsumerName")
                        .or(() -> call.parameters().text("ConsumerARN"))
                        .orElseThrow(
                                () ->
                                        KinesisError.invalidArgument(
                                                "Either ConsumerARN or ConsumerName is needed."));
        throw KinesisError.notFound("Consumer " + consumer + " not found.");
    }

    Reply refuse(Call call) {
        List<String> named = call.parameters().text("StreamARN").stream().toList();
        throw KinesisError.invalidArgument(
                "Enhanced fan-out is not offered here: poll with GetRecords. "
                        + call.operation()
                        + " on "
                        + named);
    }
}
