package dev.sluice.local.kinesis;

import java.util.List;
import java.util.Optional;

/// ListShards: filtered, in pages, by id.
final class ListShardsOperation implements Operation {

    private static final int MAX_RESULTS = 10_000;
    private static final int DEFAULT_RESULTS = 1000;

    private final StreamDirectory streams;

    ListShardsOperation(StreamDirectory streams) {
        this.streams = streams;
    }

    @Override
    public Reply answer(Call call) {
        Parameters parameters = call.parameters();
        int limit = parameters.integer("MaxResults", 1, MAX_RESULTS).orElse(DEFAULT_RESULTS);
        Optional<PageToken> token =
                parameters.text("NextToken").map(t -> PageToken.parse(t, call.nowMillis()));
        return token.isPresent()
                ? page(call, nextPage(parameters, token.get()), token.get().filter(), limit)
                : page(call, firstPage(parameters), firstFilter(parameters), limit);
    }

    /// Where a page starts: after which shard of which stream.
    private record Start(KinesisStream stream, int afterIndex) {}

    private Start firstPage(Parameters parameters) {
        return new Start(
                streams.of(parameters),
                parameters.text("ExclusiveStartShardId").map(ShardFilter::shardIndex).orElse(-1));
    }

    private static ShardFilter firstFilter(Parameters parameters) {
        return parameters.object("ShardFilter").map(ShardFilter::from).orElse(ShardFilter.ALL);
    }

    private Start nextPage(Parameters parameters, PageToken token) {
        if (parameters.text("StreamName").isPresent()
                || parameters.text("ExclusiveStartShardId").isPresent()) {
            throw KinesisError.invalidArgument(
                    "NextToken and StreamName or ExclusiveStartShardId cannot be provided together.");
        }
        return new Start(streams.named(token.stream()), ShardFilter.shardIndex(token.after()));
    }

    private static Reply page(Call call, Start start, ShardFilter filter, int limit) {
        KinesisStream stream = start.stream();
        long horizon =
                Math.max(stream.manifest().createdMillis(), stream.horizon(call.nowMillis()));
        List<Shard> rest =
                stream.shards().all().stream()
                        .filter(s -> s.manifest().index() > start.afterIndex())
                        .filter(s -> filter.accepts(s, horizon))
                        .limit(limit + 1L)
                        .toList();
        return out -> {
            out.startArray("Shards");
            rest.stream().limit(limit).forEach(s -> ShardDescription.write(out, s));
            out.endArray();
            if (rest.size() > limit) {
                String last = rest.get(limit - 1).id();
                PageToken next = new PageToken(stream.name(), filter, last, call.nowMillis());
                out.string("NextToken", next.token());
            }
        };
    }
}
