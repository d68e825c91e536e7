package dev.sluice.runtime.config;

import dev.sluice.runtime.books.BooksStore;
import dev.sluice.runtime.books.DynamoBooks;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.time.InstantSource;

/// Import it in a service that keeps or reads the books. It needs both clients of DynamoDB, and
/// calls it at the start only to create the table, if it may.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BooksProperties.class)
public class BooksConfiguration {

    @Bean
    @ConditionalOnMissingBean
    BooksStore booksStore(
            DynamoDbClient setup, DynamoDbAsyncClient dynamo, BooksProperties properties) {
        String table =
                new MissingTables(setup, properties.create())
                        .ensure(DynamoBooks.table(properties.table()), DynamoBooks.expiry());
        return new DynamoBooks(dynamo, table, properties.keep(), InstantSource.system());
    }
}
