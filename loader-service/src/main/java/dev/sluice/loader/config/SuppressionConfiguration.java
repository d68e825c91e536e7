package dev.sluice.loader.config;

import dev.sluice.contracts.subject.SubjectKey;
import dev.sluice.contracts.subject.SubjectKeys;
import dev.sluice.contracts.subject.SuppressionList;
import dev.sluice.runtime.reference.Reference;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The list of those who were erased, for whatever holds something of persons.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QuarantineProperties.class)
class SuppressionConfiguration {

    @Bean(initMethod = "start")
    Reference<SuppressionList> suppressions(
            QuarantineProperties properties, DynamoDbClient dynamo, MeterRegistry meters) {
        SubjectKey fingerprint = new SubjectKeys(properties.subjectSecret()).fingerprint();
        return properties
                .suppressions()
                .load(
                        "suppressions",
                        dynamo,
                        list -> SuppressionList.of(fingerprint, to -> list.read(to::entry)),
                        meters);
    }
}
