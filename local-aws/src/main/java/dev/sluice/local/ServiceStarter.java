package dev.sluice.local;

import dev.sluice.local.dynamodb.DynamoDbServer;
import dev.sluice.local.dynamodb.DynamoDbServerConfig;
import dev.sluice.local.eventbridge.EventBridgeServer;
import dev.sluice.local.eventbridge.EventBridgeServerConfig;
import dev.sluice.local.kinesis.KinesisServer;
import dev.sluice.local.kinesis.KinesisServerConfig;
import dev.sluice.local.redshift.RedshiftServer;
import dev.sluice.local.redshift.RedshiftServerConfig;
import dev.sluice.local.s3.S3Server;
import dev.sluice.local.s3.S3ServerConfig;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/// Starts one emulator. The table of them is the only place that knows every emulator's way to be
/// started.
@FunctionalInterface
interface ServiceStarter {
    StartedService start(StartContext context) throws Exception;

    static Map<LocalService, ServiceStarter> all() {
        var starters = new EnumMap<LocalService, ServiceStarter>(LocalService.class);
        starters.put(LocalService.KINESIS, ServiceStarter::kinesis);
        starters.put(LocalService.DYNAMODB, ServiceStarter::dynamodb);
        starters.put(LocalService.S3, ServiceStarter::s3);
        starters.put(LocalService.REDSHIFT, ServiceStarter::redshift);
        starters.put(LocalService.EVENTBRIDGE, ServiceStarter::eventbridge);
        return starters;
    }

    static Set<LocalService> known() {
        return all().keySet();
    }

    private static StartedService kinesis(StartContext context) {
        var server =
                KinesisServer.start(
                        KinesisServerConfig.in(context.config().folder(LocalService.KINESIS))
                                .withPort(context.config().port(LocalService.KINESIS)));
        return new StartedService(server, e -> e.withKinesis(server.endpoint()));
    }

    private static StartedService dynamodb(StartContext context) {
        var server =
                DynamoDbServer.start(
                        DynamoDbServerConfig.in(context.config().folder(LocalService.DYNAMODB))
                                .withPort(context.config().port(LocalService.DYNAMODB)));
        return new StartedService(server, e -> e.withDynamodb(server.endpoint()));
    }

    private static StartedService s3(StartContext context) {
        var server =
                S3Server.start(
                        S3ServerConfig.in(context.config().folder(LocalService.S3))
                                .withPort(context.config().port(LocalService.S3))
                                .withCredentials(
                                        context.credentials().accessKey(),
                                        context.credentials().secretKey())
                                .withBuckets(context.config().bucket()));
        return new StartedService(server, e -> e.withS3(server.endpoint()));
    }

    private static StartedService eventbridge(StartContext context) {
        var server =
                EventBridgeServer.start(
                        EventBridgeServerConfig.in(
                                        context.config().folder(LocalService.EVENTBRIDGE))
                                .withPort(context.config().port(LocalService.EVENTBRIDGE)));
        return new StartedService(server, e -> e.withEventbridge(server.endpoint()));
    }

    /// COPY reads with a client of its own, made when the first one asks: only then does everybody
    /// know where S3 is.
    private static StartedService redshift(StartContext context) {
        var s3 = new CopyClient(context);
        var server =
                RedshiftServer.start(
                        RedshiftServerConfig.of(context.config().folder(LocalService.REDSHIFT), s3)
                                .withPort(context.config().port(LocalService.REDSHIFT)));
        return new StartedService(
                server,
                s3,
                e -> e.withRedshift(server.jdbcUrl(), server.user(), server.password()));
    }
}
