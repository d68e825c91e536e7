package dev.sluice.collector.config;

import dev.sluice.collector.CollectPipeline;
import dev.sluice.collector.ingress.AddressRange;
import dev.sluice.collector.ingress.BodyReader;
import dev.sluice.collector.ingress.BytesInFlight;
import dev.sluice.collector.ingress.ClientAddress;
import dev.sluice.collector.ingress.CorsFilter;
import dev.sluice.collector.ingress.ErrorServlet;
import dev.sluice.collector.ingress.EventPathServlet;
import dev.sluice.collector.ingress.Gate;
import dev.sluice.collector.ingress.HelloServlet;
import dev.sluice.collector.ingress.NativePath;
import dev.sluice.collector.ingress.RequestMetrics;
import dev.sluice.collector.producers.ProducerDirectory;
import dev.sluice.collector.producers.RateLimits;
import dev.sluice.collector.producers.Signatures;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.time.InstantSource;

/// Servlets and what they need.
@Configuration(proxyBeanMethods = false)
class HttpConfiguration {

    @Bean
    Gate gate(
            ProducerDirectory keys, Signatures signatures, RateLimits limits, HttpProperties http) {
        return new Gate(
                keys,
                signatures,
                limits,
                new ClientAddress(
                        http.trustedProxies().stream().map(AddressRange::parse).toList()));
    }

    @Bean
    BytesInFlight bytesInFlight(HttpProperties http) {
        return new BytesInFlight(http.bytesInFlight().toBytes());
    }

    @Bean
    BodyReader bodyReader(LimitsProperties limits, HttpProperties http, InstantSource clock) {
        return new BodyReader(
                Math.toIntExact(limits.body().toBytes()),
                http.bodyTimeLimit(),
                http.retryAfter(),
                clock);
    }

    @Bean
    RequestMetrics requestMetrics(MeterRegistry registry, BytesInFlight inFlight) {
        return new RequestMetrics(registry, inFlight);
    }

    @Bean
    NativePath nativePath(
            Gate gate,
            BodyReader bodies,
            CollectPipeline pipeline,
            InstantSource clock,
            HttpProperties http) {
        return new NativePath(gate, bodies, pipeline, clock, http.retryAfter());
    }

    /// Both forms of the path, because a redirect to one of them would lose the events.
    @Bean
    ServletRegistrationBean<EventPathServlet> eventsRegistration(
            NativePath path, BytesInFlight inFlight, RequestMetrics metrics) {
        return new ServletRegistrationBean<>(
                new EventPathServlet(path, inFlight, metrics), "/v1/events", "/v1/events/");
    }

    @Bean
    ServletRegistrationBean<HelloServlet> helloRegistration() {
        return new ServletRegistrationBean<>(new HelloServlet(), "");
    }

    @Bean
    ServletRegistrationBean<ErrorServlet> errorRegistration() {
        return new ServletRegistrationBean<>(new ErrorServlet(), "/error");
    }

    @Bean
    FilterRegistrationBean<CorsFilter> corsRegistration() {
        return new FilterRegistrationBean<>(new CorsFilter());
    }
}
