package dev.sluice.local.kinesis;

import java.time.Duration;
import java.util.Optional;

/// The `NextToken` of a listing: which stream, which filter, after which item.
///
/// @param stream empty in a listing of streams
/// @param filter the filter of the first page, which holds for all
/// @param after name or shard id of the last item given
/// @param issuedMillis when it was given; it is good for [#LIFETIME]
record PageToken(String stream, ShardFilter filter, String after, long issuedMillis) {

    static final Duration LIFETIME = Duration.ofMinutes(5);

    private static final byte KIND = 2;

    /// @throws KinesisError when the text is no token, or too old
    static PageToken parse(String text, long nowMillis) {
        Optional<PageToken> parsed =
                OpaqueToken.decode(
                        KIND,
                        text,
                        in ->
                                new PageToken(
                                        in.readUTF(),
                                        new ShardFilter(
                                                ShardFilter.Type.valueOf(in.readUTF()),
                                                in.readInt(),
                                                in.readLong()),
                                        in.readUTF(),
                                        in.readLong()));
        PageToken token =
                parsed.orElseThrow(() -> KinesisError.invalidArgument("NextToken is invalid."));
        if (nowMillis - token.issuedMillis > LIFETIME.toMillis()) {
            throw new KinesisError(
                    "ExpiredNextTokenException",
                    400,
                    "NextToken is older than " + LIFETIME.toSeconds() + " seconds.");
        }
        return token;
    }

    String token() {
        return OpaqueToken.encode(
                KIND,
                out -> {
                    out.writeUTF(stream);
                    out.writeUTF(filter.type().name());
                    out.writeInt(filter.shardIndex());
                    out.writeLong(filter.millis());
                    out.writeUTF(after);
                    out.writeLong(issuedMillis);
                });
    }
}
