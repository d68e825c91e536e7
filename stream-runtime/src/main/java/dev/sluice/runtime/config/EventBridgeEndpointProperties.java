package dev.sluice.runtime.config;

import io.awspring.cloud.autoconfigure.AwsClientProperties;

import org.springframework.boot.context.properties.ConfigurationProperties;

/// Where EventBridge is: `spring.cloud.aws.eventbridge.endpoint`, `.region`, `.dualstack-enabled`,
/// named as Spring Cloud AWS names them for the services it knows. Its configurer wants this class
/// with setters.
@ConfigurationProperties("spring.cloud.aws.eventbridge")
class EventBridgeEndpointProperties extends AwsClientProperties {}
