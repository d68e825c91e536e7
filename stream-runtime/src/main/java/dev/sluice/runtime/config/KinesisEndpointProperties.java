package dev.sluice.runtime.config;

import io.awspring.cloud.autoconfigure.AwsClientProperties;

import org.springframework.boot.context.properties.ConfigurationProperties;

/// Where Kinesis is: `spring.cloud.aws.kinesis.endpoint`, `.region`, `.dualstack-enabled`, named as
/// Spring Cloud AWS names them for the services it knows. Its configurer wants this class with
/// setters.
@ConfigurationProperties("spring.cloud.aws.kinesis")
class KinesisEndpointProperties extends AwsClientProperties {}
