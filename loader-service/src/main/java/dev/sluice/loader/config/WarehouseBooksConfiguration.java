package dev.sluice.loader.config;

import com.zaxxer.hikari.HikariDataSource;

import dev.sluice.loader.books.BalanceCheck;
import dev.sluice.loader.books.BooksCopy;
import dev.sluice.loader.books.BooksLoop;
import dev.sluice.loader.books.BooksTiming;
import dev.sluice.loader.books.OldCounts;
import dev.sluice.loader.warehouse.WarehouseLoop;
import dev.sluice.runtime.books.BooksStore;
import dev.sluice.runtime.config.BooksConfiguration;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import java.time.InstantSource;

/// The books in the warehouse, kept by whoever leads.
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "sluice.loader.warehouse.enabled", matchIfMissing = true)
@EnableConfigurationProperties(BooksProperties.class)
@Import(BooksConfiguration.class)
class WarehouseBooksConfiguration {

    @Bean(initMethod = "start")
    BooksLoop booksLoop(
            BooksStore store,
            WarehouseLoop loop,
            HikariDataSource warehouseConnections,
            BooksProperties properties,
            MeterRegistry meters) {
        BooksTiming timing = properties.timing();
        InstantSource clock = InstantSource.system();
        BooksCopy copy =
                new BooksCopy(
                        store, warehouseConnections, timing.overlap(), timing.history(), clock);
        return new BooksLoop(
                loop::leads,
                copy,
                new BalanceCheck(warehouseConnections),
                new OldCounts(warehouseConnections),
                timing,
                clock,
                meters);
    }
}
