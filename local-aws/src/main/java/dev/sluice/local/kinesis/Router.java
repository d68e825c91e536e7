package dev.sluice.local.kinesis;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// From an operation's name to what does it; faults are met on the way.
final class Router {

    static final String TARGET_PREFIX = "Kinesis_20131202.";

    private final KinesisFaults faults;
    private final Map<String, Operation> operations;

    Router(
            StreamDirectory streams,
            KinesisFaults faults,
            boolean limitsEnforced,
            Duration retention) {
        this.faults = faults;
        Map<String, Operation> all = new HashMap<>();
        PutOperations puts = new PutOperations(streams, faults, limitsEnforced);
        all.put("PutRecord", puts::putRecord);
        all.put("PutRecords", puts::putRecords);
        GetOperations gets = new GetOperations(streams, limitsEnforced);
        add(all, "GetShardIterator", gets::getShardIterator);
        add(all, "GetRecords", gets::getRecords);
        addStreams(all, streams, retention);
        ReshardOperations reshards = new ReshardOperations(streams);
        add(all, "SplitShard", reshards::splitShard);
        add(all, "MergeShards", reshards::mergeShards);
        add(all, "UpdateShardCount", reshards::updateShardCount);
        TagOperations tags = new TagOperations(streams);
        add(all, "AddTagsToStream", tags::addTags);
        add(all, "RemoveTagsFromStream", tags::removeTags);
        add(all, "ListTagsForStream", tags::listTags);
        ConsumerOperations consumers = new ConsumerOperations(streams);
        add(all, "ListStreamConsumers", consumers::list);
        add(all, "DescribeStreamConsumer", consumers::describe);
        add(all, "DeregisterStreamConsumer", consumers::describe);
        add(all, "RegisterStreamConsumer", consumers::refuse);
        add(all, "SubscribeToShard", consumers::refuse);
        this.operations = Map.copyOf(all);
    }

    private void addStreams(
            Map<String, Operation> all, StreamDirectory streams, Duration retention) {
        StreamOperations changes = new StreamOperations(streams, retention);
        add(all, "CreateStream", changes::createStream);
        add(all, "DeleteStream", changes::deleteStream);
        add(all, "UpdateStreamMode", changes::updateStreamMode);
        add(all, "IncreaseStreamRetentionPeriod", changes::increaseRetention);
        add(all, "DecreaseStreamRetentionPeriod", changes::decreaseRetention);
        DescribeOperations views = new DescribeOperations(streams);
        add(all, "DescribeStream", views::describeStream);
        add(all, "DescribeStreamSummary", views::describeStreamSummary);
        add(all, "DescribeLimits", views::describeLimits);
        add(all, "ListStreams", views::listStreams);
        add(all, "ListShards", new ListShardsOperation(streams));
    }

    /// Adds an operation whose stream and shards stand in the request; a put meets its faults after
    /// routing instead.
    private void add(Map<String, Operation> all, String name, Operation operation) {
        all.put(
                name,
                call -> {
                    Optional<ShardIterator> iterator =
                            call.parameters().text("ShardIterator").flatMap(ShardIterator::parse);
                    String stream =
                            iterator.map(ShardIterator::stream)
                                    .or(() -> call.parameters().text("StreamName"))
                                    .or(
                                            () ->
                                                    call.parameters()
                                                            .text("StreamARN")
                                                            .map(Router::nameIn))
                                    .orElse("");
                    call.meet(faults, stream, shardsIn(call.parameters(), iterator));
                    return operation.answer(call);
                });
    }

    private static String nameIn(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    private static List<String> shardsIn(Parameters parameters, Optional<ShardIterator> iterator) {
        return Stream.concat(
                        iterator.map(i -> Shard.idOf(i.shardIndex())).stream(),
                        Stream.of("ShardId", "ShardToSplit", "ShardToMerge", "AdjacentShardToMerge")
                                .flatMap(name -> parameters.text(name).stream()))
                .toList();
    }

    /// @param target the value of `X-Amz-Target`
    Reply answer(String target, Call call) {
        Operation operation =
                target.startsWith(TARGET_PREFIX) ? operations.get(call.operation()) : null;
        if (operation == null) {
            throw new KinesisError(
                    "UnknownOperationException", 400, "No such operation: " + target);
        }
        return operation.answer(call);
    }
}
