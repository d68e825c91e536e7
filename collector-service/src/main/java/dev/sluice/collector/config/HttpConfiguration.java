package dev.sluice.collector.config;

import dev.sluice.collector.CollectPipeline;
import dev.sluice.collector.ingress.AddressRange;
import dev.sluice.collector.ingress.Admission;
import dev.sluice.collector.ingress.BodyReader;
import dev.sluice.collector.ingress.BytesInFlight;
import dev.sluice.collector.ingress.ClientAddress;
import dev.sluice.collector.ingress.CorsFilter;
import dev.sluice.collector.ingress.ErrorServlet;
import dev.sluice.collector.ingress.EventPathServlet;
import dev.sluice.collector.ingress.Gate;
import dev.sluice.collector.ingress.HelloServlet;
import dev.sluice.collector.ingress.NativePath;
import dev.sluice.collector.ingress.OpenApiServlet;
import dev.sluice.collector.ingress.RequestMetrics;
import dev.sluice.collector.ingress.Visitors;
import dev.sluice.collector.producers.ProducerDirectory;
import dev.sluice.collector.producers.RateLimits;
import dev.sluice.collector.producers.Signatures;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.RequestContextFilter;

import java.time.InstantSource;
import java.util.List;

/// Servlets and what they need.
@Configuration(proxyBeanMethods = false)
class HttpConfiguration {

    @Bean
    Gate gate(ProducerDirectory keys, Signatures signatures, RateLimits limits) {
        return new Gate(keys, signatures, limits);
    }

    @Bean
    Visitors visitors(HttpProperties http, VisitorProperties visitors, InstantSource clock) {
        return new Visitors(
                new ClientAddress(http.trustedProxies().stream().map(AddressRange::parse).toList()),
                visitors.rules(),
                clock);
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

    /// While stream and bucket are known to take nothing, nothing is read.
    @Bean
    Admission admission(
            HttpProperties http,
            SpillProperties spill,
            CircuitBreaker rawStreamBreaker,
            CircuitBreakerRegistry breakers,
            MeterRegistry meters) {
        List<CircuitBreaker> places =
                spill.enabled()
                        ? List.of(rawStreamBreaker, breakers.circuitBreaker("spill"))
                        : List.of(rawStreamBreaker);
        return new Admission(
                http.slow(),
                http.maxRequests(),
                new StoragePlaces(places),
                http.retryAfter(),
                meters);
    }

    @Bean
    NativePath nativePath(
            Gate gate,
            BodyReader bodies,
            Admission admission,
            CollectPipeline pipeline,
            Visitors visitors,
            HttpProperties http) {
        return new NativePath(gate, bodies, admission, pipeline, visitors, http.retryAfter());
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
    ServletRegistrationBean<OpenApiServlet> openApiRegistration() {
        return new ServletRegistrationBean<>(new OpenApiServlet(), "/openapi.yaml");
    }

    @Bean
    ServletRegistrationBean<ErrorServlet> errorRegistration() {
        return new ServletRegistrationBean<>(new ErrorServlet(), "/error");
    }

    @Bean
    FilterRegistrationBean<CorsFilter> corsRegistration() {
        return new FilterRegistrationBean<>(new CorsFilter());
    }

    /// No request's thread needs what Spring would keep of the request.
    @Bean
    FilterRegistrationBean<RequestContextFilter> noRequestContext() {
        FilterRegistrationBean<RequestContextFilter> none =
                new FilterRegistrationBean<>(new RequestContextFilter());
        none.setEnabled(false);
        return none;
    }
}
