package dev.sluice.local.kinesis;

/// Finds the stream a request means, by name or ARN, and names streams by ARN.
final class StreamDirectory {

    static final String NAME_PATTERN = "[a-zA-Z0-9_.-]{1,128}";

    private final StreamCatalogue catalogue;
    private final String arnPrefix;
    private final String accountId;

    StreamDirectory(StreamCatalogue catalogue, String region, String accountId) {
        this.catalogue = catalogue;
        this.accountId = accountId;
        this.arnPrefix = "arn:aws:kinesis:" + region + ":" + accountId + ":stream/";
    }

    StreamCatalogue catalogue() {
        return catalogue;
    }

    String arn(String stream) {
        return arnPrefix + stream;
    }

    /// The stream of `StreamName` or `StreamARN`.
    KinesisStream of(Parameters parameters) {
        return named(nameIn(parameters));
    }

    String nameIn(Parameters parameters) {
        if (parameters.text("StreamName").isPresent()) {
            String name = checkedName(parameters);
            parameters
                    .text("StreamARN")
                    .filter(arn -> !arn.equals(arn(name)))
                    .ifPresent(
                            arn -> {
                                throw KinesisError.invalidArgument(
                                        "StreamARN " + arn + " is not of stream " + name + ".");
                            });
            return name;
        }
        String arn =
                parameters
                        .text("StreamARN")
                        .orElseThrow(
                                () ->
                                        KinesisError.invalidArgument(
                                                "Either StreamName or StreamARN is needed."));
        if (!arn.matches("arn:aws[a-z-]*:kinesis:[^:]*:\\d{12}:stream/" + NAME_PATTERN)) {
            throw KinesisError.constraint("StreamARN", "be a stream's ARN, was " + arn);
        }
        if (!arn.startsWith(arnPrefix)) {
            throw KinesisError.notFound("Stream " + arn + " not found.");
        }
        return arn.substring(arnPrefix.length());
    }

    static String checkedName(Parameters parameters) {
        String name = parameters.requiredText("StreamName");
        if (!name.matches(NAME_PATTERN)) {
            throw KinesisError.constraint(
                    "StreamName", "satisfy regular expression pattern: " + NAME_PATTERN);
        }
        return name;
    }

    KinesisStream named(String name) {
        return catalogue
                .find(name)
                .orElseThrow(
                        () ->
                                KinesisError.notFound(
                                        "Stream "
                                                + name
                                                + " under account "
                                                + accountId
                                                + " not found."));
    }

    /// The shard of a stream by id.
    Shard shard(KinesisStream stream, String id) {
        return Shard.indexOf(id)
                .flatMap(stream.shards()::find)
                .orElseThrow(
                        () ->
                                KinesisError.notFound(
                                        "Could not find shard "
                                                + id
                                                + " in stream "
                                                + stream.name()
                                                + " under account "
                                                + accountId
                                                + "."));
    }
}
