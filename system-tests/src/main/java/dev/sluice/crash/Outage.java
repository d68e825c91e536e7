package dev.sluice.crash;

import dev.sluice.contracts.stream.Streams;
import dev.sluice.local.LocalAws;
import dev.sluice.local.kinesis.FaultAction;
import dev.sluice.local.kinesis.FaultRule;

import java.util.function.Consumer;

/// A part of the cloud that can go away: as a whole, and connections to it are refused; or one
/// stream to those who write to it, while it can be read.
public enum Outage {
    KINESIS(aws -> aws.kinesis().goAway(), aws -> aws.kinesis().comeBack()),
    S3(aws -> aws.s3().goAway(), aws -> aws.s3().comeBack()),
    DYNAMODB(aws -> aws.dynamodb().goAway(), aws -> aws.dynamodb().comeBack()),
    REDSHIFT(aws -> aws.redshift().pause(), aws -> aws.redshift().resume()),
    VALID_STREAM(aws -> refusePuts(aws, Streams.VALID), aws -> aws.kinesis().faults().clear()),
    ENRICHED_STREAM(
            aws -> refusePuts(aws, Streams.ENRICHED), aws -> aws.kinesis().faults().clear());

    private final Consumer<LocalAws> begin;
    private final Consumer<LocalAws> end;

    Outage(Consumer<LocalAws> begin, Consumer<LocalAws> end) {
        this.begin = begin;
        this.end = end;
    }

    private static void refusePuts(LocalAws aws, String stream) {
        aws.kinesis()
                .faults()
                .add(
                        FaultRule.always(new FaultAction.Fail(500, "InternalFailure"))
                                .onOperation("PutRecords")
                                .onStream(stream));
    }

    void begin(LocalAws aws) {
        begin.accept(aws);
    }

    void end(LocalAws aws) {
        end.accept(aws);
    }
}
