package dev.sluice.runtime.kcl;

import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;

/// Stands where the library demands a client although its metrics are off. Every call fails.
final class NoCloudWatch implements CloudWatchAsyncClient {

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
