package dev.sluice.crash;

import dev.sluice.local.LocalAws;

import java.util.function.Consumer;

/// A part of the cloud that can go away as a whole: connections to it are refused.
public enum Outage {
    KINESIS(aws -> aws.kinesis().goAway(), aws -> aws.kinesis().comeBack()),
    S3(aws -> aws.s3().goAway(), aws -> aws.s3().comeBack()),
    DYNAMODB(aws -> aws.dynamodb().goAway(), aws -> aws.dynamodb().comeBack()),
    REDSHIFT(aws -> aws.redshift().pause(), aws -> aws.redshift().resume());

    private final Consumer<LocalAws> begin;
    private final Consumer<LocalAws> end;

    Outage(Consumer<LocalAws> begin, Consumer<LocalAws> end) {
        this.begin = begin;
        this.end = end;
    }

    void begin(LocalAws aws) {
        begin.accept(aws);
    }

    void end(LocalAws aws) {
        end.accept(aws);
    }
}
